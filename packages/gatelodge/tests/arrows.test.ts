// Who may import whom: app → capabilities → api → web → services → metrics → email → hooks → identity → database → config. Nothing
// points back, nothing goes in a circle, and capabilities never know one another.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith('web/scripts/'))

interface Arrow {
  from: string
  to: string
  /** A type is erased: it draws no line between running things. */
  isType: boolean
}

const arrows: Arrow[] = files.flatMap((from) =>
  [
    ...readFileSync(source + from, 'utf8').matchAll(
      /(import|export)( type)? [^'"]*?from '([^']+)'|import\('([^']+)'\)/g,
    ),
  ].map((match) => {
    const path = match[3] ?? match[4] ?? ''
    return {
      from,
      to: path.startsWith('.') ? relative(source, join(source, dirname(from), path)) : path,
      isType: match[2] !== undefined,
    }
  }),
)

/** From the roof to the ground. A floor may use its own and those below it. */
const floors = [
  ['cli/', 'index.ts', 'client/'],
  ['embed/'],
  ['server.ts'],
  ['background-jobs.ts'],
  ['app.ts'],
  ['capabilities/'],
  ['api/'],
  ['web/http/', 'web/session/', 'web/forms/', 'web/site/', 'web/reverse-proxy/', 'web/ui/'],
  ['services.ts'],
  ['metrics/'],
  ['email/'],
  ['hooks/'],
  ['identity/'],
  ['database/'],
  ['config/', 'log.ts', 'log-lines.ts'],
]
/** They import nothing of ours: any file may import them. */
const leaves = ['time.ts', 'nearest.ts', 'text/', 'paths.ts', 'printable.ts']

const floorOf = (file: string) => floors.findIndex((names) => names.some((name) => file.startsWith(name)))
const isLeaf = (file: string) => leaves.some((leaf) => file.startsWith(leaf))
const isRules = (file: string) => /(^|[/.])rules\.ts$/.test(file)
const words = 'form|rules|storage|routes|api|pages|emails|step|way-in|events|limits|account-row|capability|acts'
const isNamed = (file: string) => new RegExp(`/([\\w-]+\\.)?(${words})\\.tsx?$`).test(file)
const own = arrows.filter(({ to }) => /\.tsx?$/.test(to))
const named = (list: Arrow[]) => list.map(({ from, to }) => `${from} → ${to}`)

describe('Who imports whom', () => {
  it('every file has its floor', () => {
    expect(files.filter((file) => floorOf(file) < 0 && !isLeaf(file))).toEqual([])
    expect(arrows.length).toBeGreaterThan(100)
  })

  it('no arrow points up', () => {
    const up = own.filter(({ from, to }) => !isLeaf(to) && (isLeaf(from) || floorOf(from) > floorOf(to)))
    expect(named(up)).toEqual([])
  })

  it('no capability imports another', () => {
    const slice = (file: string) => /^capabilities\/([^/]+)\//.exec(file)?.[1]
    expect(named(own.filter(({ from, to }) => slice(from) && slice(to) && slice(from) !== slice(to)))).toEqual([])
  })

  it('rules know no HTTP, no SQL and no page', () => {
    const rules = arrows.filter(({ from, isType }) => isRules(from) && !isType)
    expect(named(rules.filter(({ to }) => /^(hono|kysely|mysql2|node:http)|\.tsx$|^(web|api)\//.test(to)))).toEqual([])
    expect(files.filter((file) => file.startsWith('capabilities/') && isRules(file)).length).toBeGreaterThan(15)
  })

  it('a file of a capability has a name that says what it holds, or a room that it knows HTTP by', () => {
    const strange = files
      .filter((file) => file.startsWith('capabilities/') && !isNamed(file))
      .filter((file) => !arrows.some(({ from, to }) => from === file && /^web\//.test(to)))
    expect(strange).toEqual([])
  })

  it('a storage knows Kysely and the database, and of the rest only types', () => {
    const storage = arrows.filter(({ from, isType }) => /^capabilities\/.*storage\.ts$/.test(from) && !isType)
    expect(storage.length).toBeGreaterThan(1)
    expect(named(storage.filter(({ to }) => !/^kysely$|^database\//.test(to) && !isLeaf(to)))).toEqual([])
  })

  it('only storage and the database know Kysely', () => {
    const may = /^database\/|storage\.ts$/
    expect(named(arrows.filter(({ from, to }) => to === 'kysely' && !may.test(from)))).toEqual([])
  })

  it('the client runs anywhere: it knows nothing but itself, and nobody knows it', () => {
    const isClient = (file: string) => file.startsWith('client/')
    expect(named(arrows.filter(({ from, to }) => isClient(from) !== isClient(to)))).toEqual([])
  })

  it('pages see no rules and no storage', () => {
    const pages = own.filter(({ from, isType }) => /(pages|account-row)\.tsx$/.test(from) && !isType)
    expect(named(pages.filter(({ to }) => /(rules|storage)\.ts$/.test(to)))).toEqual([])
  })

  it('V11.1.3 cryptography has few homes', () => {
    const users = new Set(arrows.filter(({ to, isType }) => to === 'node:crypto' && !isType).map(({ from }) => from))
    expect([...users].sort()).toMatchInlineSnapshot(`
      [
        "cli/backup.ts",
        "cli/backup/encryption.ts",
        "config/secret.ts",
        "database/connect.ts",
        "database/content/checksum.ts",
        "database/transaction.ts",
        "database/write-probe.ts",
        "identity/connections/client-secret.ts",
        "identity/identity-token.ts",
        "identity/passkeys/public-key.ts",
        "identity/passwords/foreign/expression.ts",
        "identity/passwords/foreign/steps.ts",
        "identity/passwords/foreign/unix-crypt.ts",
        "identity/passwords/hashing.ts",
        "identity/sealing.ts",
        "web/http/request.ts",
      ]
    `)
  })

  it('V11.4.1 SHA-1 has two uses that others ask for, each in one file', () => {
    const users = files
      .filter((file) => /['"]sha-?1['"]/i.test(readFileSync(source + file, 'utf8')))
      // Passwords of other systems, until their owner logs in; what is made of SHA-1 alone is wrapped in argon2id.
      .filter((file) => !file.startsWith('identity/passwords/foreign/'))
    // The range protocol of breached passwords; and the codes of authenticator apps, which know no other (RFC 6238).
    expect(users).toEqual(['identity/sealing.ts', 'identity/second-factors/totp.ts'])
    const asks = own.filter(({ to }) => to === 'identity/sealing.ts').map(({ from }) => from)
    const named = asks.filter((file) => readFileSync(source + file, 'utf8').includes('rangeDigest'))
    expect(named).toEqual(['identity/passwords/breaches.ts'])
  })

  it('V1.3.2 V1.2.5 V6.5.3 V3.2.2 nothing evaluates text, starts a program, or takes chance from Math', () => {
    for (const file of files) {
      const text = readFileSync(source + file, 'utf8')
      expect(text, file).not.toMatch(
        /\beval\(|new Function\(|child_process|Math\.random|innerHTML|dangerouslySetInnerHTML/,
      )
    }
  })

  it('nothing goes in a circle', () => {
    const next = new Map<string, string[]>()
    for (const { from, to } of own) next.set(from, [...(next.get(from) ?? []), to])
    const circles: string[] = []
    // Roads multiply with every floor; from a file that was looked at once there is nothing new.
    const seen = new Set<string>()
    const visit = (file: string, road: string[]) => {
      if (road.includes(file)) return void circles.push([...road.slice(road.indexOf(file)), file].join(' → '))
      if (seen.has(file)) return
      seen.add(file)
      for (const to of next.get(file) ?? []) if (circles.length === 0) visit(to, [...road, file])
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
  })
})
