// Requests as a browser writes them, as text that is sent many times over.

export type Fields = Record<string, string>

/** What Chromium sends with a page it opens: servers have to read all of it, so all servers are given all of it. */
const browser: Fields = {
  host: 'localhost:3000',
  connection: 'keep-alive',
  'upgrade-insecure-requests': '1',
  'user-agent': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
  'sec-fetch-dest': 'document',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en-GB,en;q=0.9',
}

export function get(path: string, headers: Fields = {}): string {
  return write('GET', path, headers, '')
}

/** A form, sent from a page of the site itself. */
export function post(path: string, fields: Fields, headers: Fields = {}): string {
  const body = new URLSearchParams(fields).toString()
  const own = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
  return write('POST', path, { ...own, origin: `http://${browser.host}`, ...headers }, body)
}

/** To the API, as a program sends it. */
export function postJson(path: string, value: object): string {
  const body = JSON.stringify(value)
  const own = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }
  return write('POST', path, { ...own, accept: 'application/json', origin: `http://${browser.host}` }, body)
}

function write(method: string, path: string, headers: Fields, body: string): string {
  const lines = Object.entries({ ...browser, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}
