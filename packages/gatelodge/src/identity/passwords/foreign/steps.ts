// Runs the steps of a foreign hash. What Node does not do in its thread pool is done a millisecond at a time, so that pages
// stay quick meanwhile.
import { createCipheriv, createHmac, hash as digestOf, pbkdf2, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { pauses } from './pauses.ts'
import type { Algorithm, Form, HashStep } from './recipe.ts'
import { md5Crypt, shaCrypt } from './unix-crypt.ts'

/** Opens what was sealed. */
export type Open = (sealed: string) => string | undefined

/** @throws {Error} where a pepper cannot be opened: was the setting `secret` changed? */
export async function runSteps(steps: HashStep[], typed: Buffer, open: Open): Promise<Buffer> {
  let value = typed
  for (const step of steps) value = await run(step, value, open)
  return value
}

async function run(step: HashStep, value: Buffer, open: Open): Promise<Buffer> {
  switch (step[0]) {
    case 'trim':
      return Buffer.from(value.toString().replace(/^[ \t\n\r\0\v]+|[ \t\n\r\0\v]+$/g, ''))
    case 'nfkc':
      return Buffer.from(value.toString().normalize('NFKC'))
    case 'prepend':
      return Buffer.concat([bytes(step[1]), value])
    case 'append':
      return Buffer.concat([value, bytes(step[1])])
    case 'pepper':
      return Buffer.concat([value, opened(step[1], open)])
    case 'hash':
      return inForm(digestOf(step[1], value, 'buffer'), step[2])
    case 'hmac':
      return inForm(createHmac(step[1], bytes(step[2])).update(value).digest(), step[3])
    case 'chain':
      return chain(step[1], value, step[2])
    case 'pbkdf2':
      return promisify(pbkdf2)(value, bytes(step[2].salt), step[2].rounds, step[2].bytes, step[1])
    case 'scrypt':
      return scryptOf(value, step[1])
    case 'aes-256-ctr':
      return createCipheriv('aes-256-ctr', value, Buffer.alloc(16)).update(Buffer.alloc(step[1]))
    case 'md5-crypt':
      return Buffer.from(await md5Crypt(value, step[1]))
    case 'sha-crypt':
      return Buffer.from(await shaCrypt(value, step[1]))
    case 'take':
      return value.subarray(0, step[1])
    case 'base64':
      return inForm(value, 'base64')
  }
}

const bytes = (text: string) => Buffer.from(text, 'base64')

function opened(sealed: string, open: Open): Buffer {
  const text = open(sealed)
  if (text === undefined) throw new Error('a pepper cannot be opened: was the setting `secret` changed?')
  return Buffer.from(text)
}

function inForm(value: Buffer, form: Form): Buffer {
  return form === 'raw' ? value : Buffer.from(value.toString(form))
}

async function chain(
  algorithm: Algorithm,
  password: Buffer,
  { rounds, before, after, again }: Extract<HashStep, ['chain', ...unknown[]]>[2],
): Promise<Buffer> {
  const salted = Buffer.concat([bytes(before), password, bytes(after)])
  const more = { password, salted, nothing: Buffer.alloc(0) }[again]
  let value = digestOf(algorithm, salted, 'buffer')
  const pause = pauses()
  for (let round = 0; round < rounds; round += 1) {
    value = digestOf(algorithm, Buffer.concat([value, more]), 'buffer')
    await pause(round)
  }
  return value
}

const runScrypt = promisify<Buffer, Buffer, number, object, Buffer>(scrypt as never)

function scryptOf(
  password: Buffer,
  { cost, blocks, parallel, salt, bytes: length }: Extract<HashStep, ['scrypt', object]>[1],
): Promise<Buffer> {
  const maxmem = 129 * cost * blocks + 256 * blocks * parallel + 1024
  return runScrypt(password, bytes(salt), length, { N: cost, r: blocks, p: parallel, maxmem })
}
