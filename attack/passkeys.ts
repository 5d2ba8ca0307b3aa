// An authenticator in software, and a person who has one of its passkeys. It lies where an attack wants it to.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { newConfirmed } from './factors.ts'
import type { Answer } from './http.ts'
import { expected, type Owner } from './links.ts'
import { sessionOf, type Target } from './target.ts'

export interface Passkey {
  id: string
  userHandle: string
  privateKey: KeyObject
  publicKey: KeyObject
}

export interface Lies {
  origin?: string
  rpId?: string
  type?: string
  challenge?: string
  id?: string
  userHandle?: string
  flags?: number
  /** Whose key signs. */
  signer?: KeyObject
}

export interface Asked {
  challenge?: string
  rpId?: string
  rp?: { id?: string }
  user?: { id?: string }
  allowCredentials?: unknown[]
}

const hash = (data: string | Buffer) => createHash('sha256').update(data).digest()

function clientData(type: string, origin: string, { challenge = '' }: Asked, lies: Lies): Buffer {
  const said = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? origin }
  return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }))
}

const head = (rpId: string, flags: number) => Buffer.concat([hash(rpId), Buffer.from([flags, 0, 0, 0, 0])])

/**
 * {fmt: "none", attStmt: {}, authData}, with a key of P-256 (COSE).
 * @param again the key of a passkey that there is already; it keeps its id as well.
 */
export function made(
  options: Asked,
  origin: string,
  { again, ...lies }: Lies & { again?: Passkey | undefined } = {},
): { passkey: Passkey; answer: object } {
  const pair = again ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const named = lies.id ?? again?.id
  const id = named === undefined ? randomBytes(32) : Buffer.from(named, 'base64url')
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
  const [start, middle] = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from('225820', 'hex')]
  const key = [start, Buffer.from(x, 'base64url'), middle, Buffer.from(y, 'base64url')]
  const data = Buffer.concat([
    head(lies.rpId ?? options.rp?.id ?? '', lies.flags ?? 0x5d),
    Buffer.alloc(16),
    Buffer.from([0, 32]),
    id,
    ...key,
  ])
  const object = Buffer.concat([
    Buffer.from('a363666d74646e6f6e656761747453746d74a06861757468446174615900', 'hex'),
    Buffer.from([data.length]),
    data,
  ])
  const { privateKey, publicKey } = pair
  const passkey = { id: id.toString('base64url'), userHandle: options.user?.id ?? '', privateKey, publicKey }
  const response = {
    clientDataJSON: clientData('webauthn.create', origin, options, lies).toString('base64url'),
    attestationObject: object.toString('base64url'),
  }
  return { passkey, answer: { id: passkey.id, rawId: passkey.id, type: 'public-key', response } }
}

export function used(passkey: Passkey, options: Asked, origin: string, lies: Lies = {}): object {
  const said = clientData('webauthn.get', origin, options, lies)
  const data = head(lies.rpId ?? options.rpId ?? '', lies.flags ?? 0x1d)
  const signature = sign('sha256', Buffer.concat([data, hash(said)]), lies.signer ?? passkey.privateKey)
  const id = lies.id ?? passkey.id
  const response = {
    ...{ clientDataJSON: said.toString('base64url'), authenticatorData: data.toString('base64url') },
    ...{ signature: signature.toString('base64url'), userHandle: lies.userHandle ?? passkey.userHandle },
  }
  return { id, rawId: id, type: 'public-key', response }
}

export interface KeyOwner extends Owner {
  passkey: Passkey
  /** What the list of the account calls it. */
  named: string
}

export const optionsIn = ({ body }: Pick<Answer, 'body'>): { options: Asked; challenge_token: string } => ({
  ...{ options: {}, challenge_token: '' },
  ...(body.startsWith('{') ? JSON.parse(body) : {}),
})

/** Adds a passkey to that account, by its API. */
export async function adding({ site, browser }: Owner, again?: Passkey, headers: Record<string, string> = {}) {
  const own = { cookie: browser.cookie }
  const { options } = optionsIn(await site.json('/api/v1/passkeys/options', {}, own))
  const { passkey, answer } = made(options, site.base.origin, { again })
  const told = await site.json('/api/v1/passkeys', { answer }, { ...own, ...headers })
  return { passkey, told }
}

export async function newKeyOwner(target: Target): Promise<KeyOwner> {
  const owner = await newConfirmed(target)
  const { passkey, told } = await adding(owner)
  const cookie = sessionOf(told)
  if (cookie) owner.browser.as({ cookie })
  const named = /"passkey": ?"([^"]+)"/.exec(told.body)?.[1] ?? ''
  expected(named !== '', `a passkey was not added: ${told.status}`)
  return { ...owner, passkey, named }
}

export const asked = async ({ site }: Pick<Owner, 'site'>) =>
  optionsIn(await site.json('/api/v1/login/passkey/options', {}))

/** A log-in with such an answer: how it is answered, and who is in. */
export async function tried({ site }: Pick<Owner, 'site'>, answer: object, challenge_token: string) {
  const told = await site.json('/api/v1/login/passkey', { answer, challenge_token })
  const cookie = sessionOf(told)
  const who = cookie ? await site.whoIs(cookie) : undefined
  return { status: told.status, who }
}
