// The test vectors of WebAuthn Level 3 (section "Test Vectors"), through our own verification. All of their values but the
// signatures follow from HKDF (RFC 5869) as the section says, so they are derived here; that the signatures are right over what
// is derived shows that it is the same, byte by byte.
import { createECDH, createHash, createPublicKey, hkdfSync, verify } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { Sealing } from '../sealing.ts'
import { judgeNew, judgeUse } from './ceremony.ts'
import type { Passkey } from './storage.ts'

const taken = vi.hoisted(() => ({ challenge: '' }))
// Their challenges are not ours, so whether one is ours is not asked here: it has to be the one of the vector.
vi.mock('./challenge.ts', () => ({
  judgeChallenge: (_: unknown, given: string) =>
    given === taken.challenge ? { kind: 'ours', until: 1 } : { kind: 'wrong', reason: 'challenge' },
}))

const needs = {
  sealing: {} as Sealing,
  clock: { now: () => 0 },
  party: { id: 'example.org', name: 'Example', origins: ['https://example.org'] },
}
const asking = { ceremony: 'log-in', by: Buffer.alloc(32) } as const

interface Kind {
  info: string
  idLength?: number
  isForeign?: boolean
  topOrigin?: string
  statement?: { format: string; signature: string }
  signature: string
}

const kinds: Record<string, Kind> = {
  'ES256 without attestation': {
    info: 'none.ES256',
    signature:
      '3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87',
  },
  'ES256 that attests itself': {
    info: 'packed-self.ES256',
    statement: {
      format: 'packed',
      signature:
        '30440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d',
    },
    signature:
      '304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061b3b99772b7efd95994a83ef584b3b6b825ea3550251b66',
  },
  'in a frame (crossOrigin)': {
    info: 'none.ES256.crossOrigin',
    isForeign: true,
    signature:
      '3046022100eb12fcf23b12764c0f122e22371fab92e283879fd798f38ee1841c951b6e40e7022100c76237ff9db77b3c56f30837cda6a09acfa2e915544e609c0733b1184036d1cf',
  },
  'in a frame of another site (topOrigin)': {
    info: 'none.ES256.topOrigin',
    isForeign: true,
    topOrigin: 'https://example.com',
    signature:
      '3045022100b5a70c81780d5fcc9a4f2ae9caae99058f8accaf58b91fb59329646c28ac6ffc022012e101c165db3c8e9957f0c54dd6ca9b56bc3bd2f280bd2faa6c1d02c6e5c171',
  },
  'with an id of 1023 bytes': {
    info: 'none.ES256.long-credential-id',
    idLength: 1023,
    signature:
      '304502203ecef83fb12a0cae7841055f9f87103a99fd14b424194bbf06c4623d3ee6e3fd022100d2ace346db262b1374a6b70faa51f518a42ddca13a4125ce6f5052a75bac9fb6',
  },
}

const bit = { present: 0x01, verified: 0x04, eligible: 0x08, backedUp: 0x10, attested: 0x40 }
const rpIdHash = createHash('sha256').update('example.org').digest()

/** What the section prints, of one kind. */
function vectorOf({ info, idLength = 32, isForeign = false, topOrigin, statement }: Kind) {
  let salt = 0
  const next = (length: number) =>
    Buffer.from(hkdfSync('sha256', 'WebAuthn test vectors', Buffer.from([salt++]), info, length))
  const byte = () => next(1)[0] ?? 0
  const clientData = (type: string, challenge: string) => {
    const hasMore = (byte() & 1) === 1
    const more = 'clientDataJSON may be extended with additional fields in the future, such as this: '
    const data = {
      ...{ type, challenge, origin: 'https://example.org', crossOrigin: isForeign, ...(topOrigin && { topOrigin }) },
      ...(hasMore && { extraData: more + next(16).toString('base64url') }),
    }
    return Buffer.from(JSON.stringify(data)).toString('base64url')
  }
  const flagsOf = (given: number, eligible: number) =>
    bit.present | (given & bit.verified) | eligible | (eligible ? given & bit.backedUp : 0)

  const made = { challenge: next(32).toString('base64url'), scalar: next(32) }
  const newData = clientData('webauthn.create', made.challenge)
  const aaguid = next(16)
  const id = next(idLength)
  const newFlags = byte()
  const eligible = newFlags & bit.eligible
  const length = Buffer.alloc(2)
  length.writeUInt16BE(idLength)
  const attested = Buffer.concat([aaguid, length, id, coseOf(made.scalar)])
  const head = (flags: number) => Buffer.concat([rpIdHash, Buffer.from([flags, 0, 0, 0, 0])])
  const authData = Buffer.concat([head(flagsOf(newFlags, eligible) | bit.attested), attested])

  const used = { challenge: next(32).toString('base64url') }
  const usedData = clientData('webauthn.get', used.challenge)
  const credentialId = id.toString('base64url')
  const named = { id: credentialId, rawId: credentialId, type: 'public-key' } as const
  return {
    aaguid,
    registration: {
      challenge: made.challenge,
      answer: {
        ...named,
        response: { clientDataJSON: newData, attestationObject: attestationObject(authData, statement) },
      },
    },
    authentication: {
      challenge: used.challenge,
      clientDataJSON: usedData,
      authenticatorData: head(flagsOf(byte(), eligible)).toString('base64url'),
      named,
    },
  }
}

function coseOf(scalar: Buffer): Buffer {
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(scalar)
  const point = pair.getPublicKey()
  const coordinates = [
    Buffer.from('215820', 'hex'),
    point.subarray(1, 33),
    Buffer.from('225820', 'hex'),
    point.subarray(33),
  ]
  return Buffer.concat([Buffer.from('a5010203262001', 'hex'), ...coordinates])
}

function attestationObject(authData: Buffer, statement: Kind['statement']): string {
  const text = (word: string) => Buffer.concat([Buffer.from([0x60 | word.length]), Buffer.from(word)])
  const signature = Buffer.from(statement?.signature ?? '', 'hex')
  const said = statement
    ? [
        Buffer.from('a2', 'hex'),
        text('alg'),
        Buffer.from('26', 'hex'),
        text('sig'),
        Buffer.from([0x58, signature.length]),
      ]
    : [Buffer.from('a0', 'hex')]
  const length = Buffer.alloc(3)
  length[0] = 0x59
  length.writeUInt16BE(authData.length, 1)
  return Buffer.concat([
    ...[Buffer.from('a3', 'hex'), text('fmt'), text(statement?.format ?? 'none')],
    ...[text('attStmt'), ...said, signature, text('authData'), length, authData],
  ]).toString('base64url')
}

describe('The test vectors of WebAuthn Level 3', () => {
  it.each(Object.entries(kinds))('%s', async (_, kind) => {
    const { registration, authentication, aaguid } = vectorOf(kind)
    taken.challenge = registration.challenge
    const made = await judgeNew(needs, registration.answer, { ...asking, ceremony: 'add' })
    const { named, challenge, clientDataJSON, authenticatorData } = authentication
    const signature = Buffer.from(kind.signature, 'hex').toString('base64url')
    const use = { ...named, response: { clientDataJSON, authenticatorData, signature } }
    if (kind.isForeign) {
      // Right in all else: our pages are in no frame.
      expect(made).toEqual({ kind: 'wrong', reason: 'invalid' })
      return
    }
    if (made.kind === 'wrong') throw new Error(`refused as ${made.reason}`)
    expect(made.made.aaguid.replaceAll('-', '')).toBe(aaguid.toString('hex'))
    expect(made.made.credentialId).toBe(named.id)
    const stored: Passkey = {
      ...{ ...made.made, id: Buffer.alloc(16), accountId: Buffer.alloc(16), name: '', createdAt: 0, lastUsedAt: null },
    }
    taken.challenge = challenge
    expect(await judgeUse(needs, use, stored, asking)).toMatchObject({ kind: 'right', counter: 0, wentBack: false })
    const wrongWith = (response: object) =>
      judgeUse(needs, { ...use, response: { ...use.response, ...response } }, stored, asking)
    const altered = Buffer.from(
      kind.signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      'hex',
    )
    expect(await wrongWith({ signature: altered.toString('base64url') })).toEqual({ kind: 'wrong', reason: 'invalid' })
    taken.challenge = registration.challenge
    expect(await wrongWith({})).toEqual({ kind: 'wrong', reason: 'challenge' })
  })

  it('those in a frame are right but for the frame', async () => {
    for (const kind of Object.values(kinds).filter(({ isForeign }) => isForeign)) {
      const { registration, authentication } = vectorOf(kind)
      const { clientDataJSON, authenticatorData } = authentication
      const signed = Buffer.concat([
        Buffer.from(authenticatorData, 'base64url'),
        createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest(),
      ])
      const object = Buffer.from(registration.answer.response.attestationObject, 'base64url')
      const [x, y] = [object.subarray(-67, -35), object.subarray(-32)]
      const jwk = { kty: 'EC', crv: 'P-256', x: x.toString('base64url'), y: y.toString('base64url') }
      const key = createPublicKey({ key: jwk, format: 'jwk' })
      expect(verify('sha256', signed, key, Buffer.from(kind.signature, 'hex'))).toBe(true)
    }
  })
})
