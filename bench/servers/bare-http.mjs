// The least that can answer on this Node: `node:http`, one line of text. Plain JavaScript, so that nothing is to be stripped.
import { createServer } from 'node:http'

createServer((_, response) => response.end('hello')).listen(Number(process.env.PORT), '127.0.0.1')
