// The app behind: it reads who someone is from the headers that Caddy adds, and knows nothing else of logging in.
import { createServer } from 'node:http'

const page = (name, email) => `<!doctype html><meta charset="utf-8"><title>Success</title>
<h1>Hello, ${escaped(name)}!</h1><p>You came in as ${escaped(email)}. <a href="/logout">Log out</a></p>`

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
const decoded = (header) => decodeURIComponent(header ?? '')

createServer(({ headers }, answer) => {
  answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  answer.end(page(decoded(headers['remote-name']), decoded(headers['remote-email'])))
}).listen(Number(process.env.APP_PORT ?? 5000), '127.0.0.1')
