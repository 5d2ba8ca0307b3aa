// The test vectors of WebAuthn Level 3 (section "Test Vectors"), through our own verification. What is derived is right where the
// printed signatures are right over it, byte by byte. Those of ES256 are printed here; those of RS256 and of Ed25519 come out the
// same whenever they are made; where a vector only shows a format of statements, its signature is made here with the vector's key.
import { createPublicKey, verify, X509Certificate } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { attestationKey, type VectorKind, vectorOf } from '../../../tests/support/specification-vectors.ts'
import type { Sealing } from '../sealing.ts'
import { algorithms, judgeNew, judgeUse } from './ceremony.ts'
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

const ES256 = { algorithm: 'ES256' } as const

/** {alg: -7, sig, x5c: [certificate]}, as it is printed for ES256 with a packed statement. */
const packed = {
  signature:
    '304502203f19ec4b229f46ab8c45eff29b904ff10c0390dc40bf1216f04a78f4ceba3425022100fe7041a32759aff05a0f9f26c70a999c7a284451ba89234a1d3483c25e21925b',
  certificate:
    '30820221308201c8a00302010202110088c220f83c8ef1feafe94deae45faad0300a06082a8648ce3d0403023062311e301c06035504030c15576562417574686e207465737420766563746f7273310c300a060355040a0c0357334331253023060355040b0c1c41757468656e74696361746f72204174746573746174696f6e204341310b30090603550406130241413020170d3234303130313030303030305a180f33303234303130313030303030305a305f311e301c06035504030c15576562417574686e207465737420766563746f7273310c300a060355040a0c0357334331223020060355040b0c1941757468656e74696361746f72204174746573746174696f6e310b30090603550406130241413059301306072a8648ce3d020106082a8648ce3d03010703420004a91ba4389409dd38a428141940ca8feb1ac0d7b4350558104a3777a49322f3798440f378b3398ab2d3bb7bf91322c92eb23556f59ad0a836fec4c7663b0e4dc3a360305e300c0603551d130101ff04023000300e0603551d0f0101ff040403020780301d0603551d0e04160414a589ba72d060842ab11f74fb246bdedab16f9b9b301f0603551d2304183016801445aff715b0dd786741fee996ebc16547a3931b1e300a06082a8648ce3d040302034700304402201726b9d85ecd8a5ed51163722ca3a20886fd9b242a0aa0453d442116075defd502207ef471e530ac87961a88a7f0d0c17b091ffc6b9238d30f79f635b417be5910e7',
}
const withCertificate = `a363616c6726637369675847${packed.signature}6378356381590225${packed.certificate}`

const kinds: Record<string, VectorKind> = {
  'ES256 without attestation': {
    ...{ ...ES256, info: 'none.ES256' },
    signature:
      '3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f937295ea13653e331e87',
  },
  'ES256 that attests itself': {
    ...{ ...ES256, info: 'packed-self.ES256', format: 'packed' },
    statement:
      'a263616c6726637369675846' +
      '30440220067a20754ab925005dbf378097c92120031581c73228d1fb4f5b881bcd7da98302207fc7b147558c7c0eba3af18bd9d121fa3d3a26d17fe3f220272178f473b6006d',
    signature:
      '304402203310b9431903c401f1be2bdc8d23a4007682dbbddcf846994947b7f465daf84002204e94dd00047b316061b3b99772b7efd95994a83ef584b3b6b825ea3550251b66',
  },
  'in a frame (crossOrigin)': {
    ...{ ...ES256, info: 'none.ES256.crossOrigin', isForeign: true },
    signature:
      '3046022100eb12fcf23b12764c0f122e22371fab92e283879fd798f38ee1841c951b6e40e7022100c76237ff9db77b3c56f30837cda6a09acfa2e915544e609c0733b1184036d1cf',
  },
  'in a frame of another site (topOrigin)': {
    ...{ ...ES256, info: 'none.ES256.topOrigin', isForeign: true, topOrigin: 'https://example.com' },
    signature:
      '3045022100b5a70c81780d5fcc9a4f2ae9caae99058f8accaf58b91fb59329646c28ac6ffc022012e101c165db3c8e9957f0c54dd6ca9b56bc3bd2f280bd2faa6c1d02c6e5c171',
  },
  'with an id of 1023 bytes': {
    ...{ ...ES256, info: 'none.ES256.long-credential-id', idLength: 1023 },
    signature:
      '304502203ecef83fb12a0cae7841055f9f87103a99fd14b424194bbf06c4623d3ee6e3fd022100d2ace346db262b1374a6b70faa51f518a42ddca13a4125ce6f5052a75bac9fb6',
  },
  'ES256 with a packed statement and a certificate (x5c)': {
    ...{ ...ES256, info: 'packed.ES256', format: 'packed', statement: withCertificate },
    signature:
      '30450220694969d3ee928de6f02ef23a9c644d7d779916451734a94b432542f498a1ebe90221008b0819c824218a97152cd099c55bfb1477b29d900a49a64018314f9bfccda163',
  },
  'RS256 with a packed statement': { algorithm: 'RS256', info: 'packed.RS256', format: 'packed' },
  'Ed25519 with a packed statement': {
    ...{ algorithm: 'EdDSA', info: 'packed.EdDSA', format: 'packed' },
    signature:
      'f5c59c7e46c34f6f8cc197101ddf9934fa2595f68eb1913a637e8419eb9ba4cfdfc48f85393bc0d40b011f0d6fecb097d6607525713223a0dc0d453993dae00b',
  },
  'ES256 of a TPM': { ...ES256, info: 'tpm.ES256', format: 'tpm' },
  'ES256 of Android': { ...ES256, info: 'android-key.ES256', format: 'android-key' },
  'ES256 of Apple': {
    ...{ ...ES256, info: 'apple.ES256', format: 'apple' },
    signature:
      '3046022100ee35db795ce28044e1f8231d68b3d79a9882f7415aa35c1b5ac74d24251073c8022100dcc65691650a412d0ceef843710c09827acf26c7845bddac07eec95863e7fc4c',
  },
  'ES256 of a key for U2F': { ...ES256, info: 'fido-u2f.ES256', format: 'fido-u2f' },
}

/** Of algorithms that no browser is asked for: every authenticator has one of the three that are. */
const unasked: Record<string, VectorKind> = {
  ES384: { algorithm: 'ES384', info: 'packed.ES384', format: 'packed' },
  ES512: { algorithm: 'ES512', info: 'packed.ES512', format: 'packed', challengeLength: 128 },
  Ed448: { algorithm: 'Ed448', info: 'packed.Ed448', format: 'packed' },
}

const added = ({ challenge, answer }: ReturnType<typeof vectorOf>['registration']) => {
  taken.challenge = challenge
  return judgeNew(needs, answer, { ...asking, ceremony: 'add' })
}

describe('The test vectors of WebAuthn Level 3', () => {
  it.each(Object.entries(kinds))('%s', async (_, kind) => {
    const { registration, authentication, aaguid, signature } = vectorOf(kind)
    const made = await added(registration)
    const { challenge, answer: use } = authentication
    if (kind.isForeign) {
      // Right in all else: our pages are in no frame.
      expect(made).toEqual({ kind: 'wrong', reason: 'invalid' })
      return
    }
    if (made.kind === 'wrong') throw new Error(`refused as ${made.reason}`)
    expect(made.made.aaguid.replaceAll('-', '')).toBe(aaguid.toString('hex'))
    expect(made.made.credentialId).toBe(use.id)
    const stored: Passkey = {
      ...{ ...made.made, id: Buffer.alloc(16), accountId: Buffer.alloc(16), name: '', createdAt: 0, lastUsedAt: null },
    }
    taken.challenge = challenge
    expect(await judgeUse(needs, use, stored, asking)).toMatchObject({ kind: 'right', counter: 0, wentBack: false })
    const wrongWith = (response: object) =>
      judgeUse(needs, { ...use, response: { ...use.response, ...response } }, stored, asking)
    const altered = Buffer.from(signature)
    altered.writeUInt8((altered.at(-1) ?? 0) ^ 1, altered.length - 1)
    expect(await wrongWith({ signature: altered.toString('base64url') })).toEqual({ kind: 'wrong', reason: 'invalid' })
    taken.challenge = registration.challenge
    expect(await wrongWith({})).toEqual({ kind: 'wrong', reason: 'challenge' })
  })

  it('those in a frame are right but for the frame', () => {
    const foreign = Object.values(kinds).filter(({ isForeign }) => isForeign)
    expect(foreign).toHaveLength(2)
    for (const { publicKey, signed, signature } of foreign.map(vectorOf))
      expect(verify('sha256', signed, publicKey, signature)).toBe(true)
  })

  it('the statement with a certificate is the printed one: right by the key that the section derives', () => {
    const kind = { ...ES256, info: 'packed.ES256', format: 'packed', statement: withCertificate } as const
    const certificate = new X509Certificate(Buffer.from(packed.certificate, 'hex'))
    const key = createPublicKey(attestationKey(kind, 7))
    expect(certificate.publicKey.equals(key)).toBe(true)
    expect(certificate.verify(createPublicKey(attestationKey({ info: 'Attestation CA' }, 0)))).toBe(true)
    const signature = Buffer.from(packed.signature, 'hex')
    expect(verify('sha256', vectorOf(kind).attestedBytes, key, signature)).toBe(true)
  })

  it('RS256 is signed as it is printed', () => {
    const signature = vectorOf({ algorithm: 'RS256', info: 'packed.RS256', format: 'packed' }).signature.toString('hex')
    expect([signature.slice(0, 32), signature.slice(-32)]).toEqual([
      '01063d52d7c39b4d432fc7063c5d93e5',
      '776de930756612cdc6dd398160ff02a6',
    ])
  })

  it.each(Object.entries(unasked))('%s is not asked for, and refused', async (_, kind) => {
    expect(algorithms).toEqual([-8, -7, -257])
    expect(await added(vectorOf(kind).registration)).toEqual({ kind: 'wrong', reason: 'algorithm' })
  })
})
