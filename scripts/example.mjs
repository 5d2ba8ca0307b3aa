// `npm run example NAME`: starts one of the examples.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../examples/', import.meta.url))
const [name = '', ...more] = process.argv.slice(2)
/** Of an example in Node, or of one with several programs. */
const [server, start] = ['server.js', 'start']
const has = (one, file) => existsSync(`${folder}${one}/${file}`)
const names = readdirSync(folder).filter((one) => has(one, server) || has(one, start))
if (!names.includes(name)) {
  console.error(`There is an example for each of these: ${names.join(', ')}. For instance: npm run example express`)
  process.exitCode = 2
} else if (has(name, server)) await import(`../examples/${name}/${server}`)
else {
  const child = spawn(`${folder}${name}/${start}`, more, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
