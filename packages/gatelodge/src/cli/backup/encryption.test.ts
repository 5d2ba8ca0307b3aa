// What only a passphrase opens: whatever is changed in it, is refused, and nothing of what stands behind the change comes out.
import { describe, expect, it } from 'vitest'
import { collected } from '../../../tests/support/collected.ts'
import { decryption, encryption } from './encryption.ts'

const passphrase = 'corrèct horse 🐎 staple'
const piece = 64 * 1024
const sealedPiece = piece + 16

async function* inChunks(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** What the key costs is no part of these tests but one. */
const cheap = { memory: 8_192, passes: 1, lanes: 1 }

async function sealed(plain: Buffer, chunk = 10_000) {
  const { head, seal } = await encryption(passphrase, cheap)
  return { head, body: Buffer.concat(await collected(seal(inChunks(plain, chunk)))) }
}

async function opened({ head, body }: { head: Buffer; body: Buffer }, typed = passphrase) {
  const decrypt = await decryption(typed, head)
  return Buffer.concat(await collected(decrypt(inChunks(body, 7_777))))
}

describe('An encrypted file', () => {
  it.each([0, 1, piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 5])('gives back %d bytes', async (length) => {
    const plain = Buffer.alloc(length, 'abc🗝')
    expect((await opened(await sealed(plain))).equals(plain)).toBe(true)
  })

  it('V11.4.4 makes its key by argon2id with the parameters of RFC 9106, and a salt for each file', async () => {
    const [one, other] = [await encryption(passphrase), await encryption(passphrase)].map(({ head }) => String(head))
    expect(JSON.parse(one ?? '')).toMatchObject({ kdf: 'argon2id', memory: 65_536, passes: 3, lanes: 4 })
    expect(one).not.toBe(other)
  })

  it('opens with the same passphrase in another Unicode form, and with no other', async () => {
    const file = await sealed(Buffer.from('x'))
    expect((await opened(file, passphrase.normalize('NFD'))).toString()).toBe('x')
    await expect(opened(file, `${passphrase} `)).rejects.toThrow('The passphrase is wrong')
  })

  const plain = Buffer.concat([Buffer.alloc(piece, 'a'), Buffer.alloc(piece, 'b'), Buffer.alloc(piece, 'c')])
  const at = (body: Buffer, number: number) => body.subarray(number * sealedPiece, (number + 1) * sealedPiece)
  const flipped = (body: Buffer, byte: number) => {
    const copy = Buffer.from(body)
    copy[byte] = (copy[byte] ?? 0) ^ 1
    return copy
  }
  it.each<[string, (body: Buffer) => Buffer, string]>([
    [
      'two pieces changed places',
      (body) => Buffer.concat([at(body, 0), at(body, 2), at(body, 1)]),
      'damaged or was altered',
    ],
    ['a piece is missing', (body) => Buffer.concat([at(body, 0), at(body, 2)]), 'altered'],
    [
      'a piece is there twice',
      (body) => Buffer.concat([at(body, 0), at(body, 0), at(body, 1), at(body, 2)]),
      'altered',
    ],
    ['the last piece is gone', (body) => body.subarray(0, 2 * sealedPiece), 'its end is missing'],
    ['it is cut in a piece', (body) => body.subarray(0, 2 * sealedPiece + 100), 'its end is missing'],
    ['only its first line is left', (body) => body.subarray(0, 0), 'cut off'],
    ['something stands behind it', (body) => Buffer.concat([body, Buffer.from('x')]), 'altered'],
    [
      'one bit of the first piece',
      (body) => flipped(body, 5),
      'The passphrase is wrong, or the file was cut off or altered',
    ],
    ['one bit of the second piece', (body) => flipped(body, sealedPiece + 5), 'damaged or was altered'],
    ['one bit of the last tag', (body) => flipped(body, body.length - 1), 'altered'],
  ])('V11.3.3 is refused where %s', async (_, change, said) => {
    const { head, body } = await sealed(plain)
    await expect(opened({ head, body: change(body) })).rejects.toThrow(said)
  })

  it('is refused where its first line was changed, and asks for no more memory than 1 GiB', async () => {
    const { head, body } = await sealed(plain)
    const other = (text: string, by: string) => Buffer.from(head.toString().replace(text, by))
    await expect(opened({ head: other('"passes":1', '"passes": 1'), body })).rejects.toThrow('altered')
    await expect(opened({ head: other('"memory":8192', '"memory":99999999'), body })).rejects.toThrow('first line')
    await expect(opened({ head: other('"version":1', '"version":2'), body })).rejects.toThrow('Update Gatelodge')
  })
})
