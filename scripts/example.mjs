// `npm run example NAME`: starts one of the examples.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../examples/', import.meta.url))
const name = process.argv[2] ?? ''
const names = readdirSync(folder).filter((one) => existsSync(`${folder}${one}/server.js`))
if (names.includes(name)) await import(`../examples/${name}/server.js`)
else {
  console.error(`There is an example for each of these: ${names.join(', ')}. For instance: npm run example express`)
  process.exitCode = 2
}
