// The package as people install it: packed, looked at by publint and attw, and used from a folder that has nothing but it
// and what it says it needs.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { faultsOfTarball, pack, type Tarball } from '../../../../../scripts/release/tarball.ts'

const run = promisify(execFile)
const product = fileURLToPath(new URL('../../../', import.meta.url))
const modules = fileURLToPath(new URL('../../../../../node_modules/', import.meta.url))

describe('The package', () => {
  const project = mkdtempSync(join(tmpdir(), 'gatelodge-package-'))
  let tarball: Tarball

  beforeAll(async () => {
    tarball = pack(product, join(project, 'gatelodge.tgz'))
    // What npm install does, without asking a registry.
    const installed = join(project, 'node_modules/gatelodge')
    mkdirSync(installed, { recursive: true })
    await run('tar', ['-xzf', tarball.path, '-C', installed, '--strip-components=1'])
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    for (const name of [...Object.keys(dependencies), '@types/node', 'undici-types', 'fastify']) {
      const link = join(project, 'node_modules', name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(modules, name), link)
    }
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  })

  it('is what a release may publish: small, whole, with nothing that publint or attw complain of', async () => {
    expect(await faultsOfTarball(tarball)).toEqual([])
    const broken = { ...tarball, bytes: Buffer.concat([tarball.bytes, Buffer.alloc(4_200_000)]) }
    expect(await faultsOfTarball(broken)).toEqual([expect.stringMatching(/ bytes, and 4200000 are the most$/)])
  })

  it('does not contain the files that running it here has made', () => {
    const built = readdirSync(join(project, 'node_modules/gatelodge/dist'))
    expect(built).toContain('index.js')
    expect(built.filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('brings along the licences of all that is in its bundle', () => {
    const folder = join(project, 'node_modules/gatelodge/dist/cli')
    const code = readdirSync(folder).filter((name) => name.endsWith('.js'))
    // The bundler writes the path of each source above its code.
    const paths = code.flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/^ *\/\/ \.\.\/.*$/gm) ?? [])
    const bundled = new Set(paths.flatMap((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []))
    const named = readFileSync(join(folder, 'THIRD-PARTY.txt'), 'utf8').matchAll(/^-{80}\n\n(\S+) \d\S* \((.+)\)$/gm)
    const licences = Object.fromEntries([...named].map(([, name, licence]) => [name, licence]))
    expect(bundled.size).toBeGreaterThan(15)
    expect(Object.keys(licences)).toEqual(expect.arrayContaining([...bundled]))
    expect(
      Object.values(licences).filter((licence) => !/^(?:MIT|MIT-0|ISC|Apache-2\.0|BSD-3-Clause)$/.test(`${licence}`)),
    ).toEqual([])
  })

  it('is typed for those who use it, with every library checked', async () => {
    const fine = `import { createServer } from 'node:http'
import { type HttpBindings } from '@hono/node-server'
import { fastify } from 'fastify'
import { createGatelodge, type GatelodgeOptions, type Guarded, type RegistrationField, type Who } from 'gatelodge'
import type {} from 'gatelodge/fastify'
import { Hono } from 'hono'
const fields: RegistrationField[] = [{ name: 'plan', label: 'Plan', type: 'select', options: ['Free', 'Paid'] }]
const options: GatelodgeOptions = {
  siteName: 'Acme',
  sessionIdle: '30m',
  fields,
  words: { login: { heading: 'Come in' }, account: { greeting: 'Good day, {name}!' } },
  hooks: {
    onRegistering: ({ email }) => (email.endsWith('.example') ? undefined : { refuse: 'Not here.' }),
    onRegistered: async ({ account }) => account.registeredAt.getTime(),
  },
  slots: { foot: ({ siteName }) => siteName },
}
const gatelodge = await createGatelodge(options)
const { headers } = await gatelodge.test.loginAs({ email: 'a@b.example' })
export const plan: string | boolean | undefined = (await gatelodge.session(new Headers(headers)))?.account.fields.plan
const who: Who | null = await gatelodge.session(new Headers())
export const name: string | undefined = who?.account.name

createServer((request, response) =>
  gatelodge.node(request, response, () =>
    gatelodge.node.requireAccount(request, response, () => response.end((request as Guarded).gatelodge.account.id)),
  ),
)

const plain = new Hono()
plain.use(async (c, next) => (await gatelodge.fetch(c.req.raw, c.env)) ?? next())
const typed = new Hono<{ Bindings: HttpBindings; Variables: { gatelodge: Who } }>()
typed.use(async (c, next) => (await gatelodge.fetch(c.req.raw, c.env)) ?? next())
typed.use(gatelodge.hono)
typed.get('/of/:id', gatelodge.hono.requireAccount, (c) => c.text(c.req.param('id') + c.var.gatelodge.account.name))
await gatelodge.fetch(new Request('http://a.example'), { incoming: { socket: { remoteAddress: '192.0.2.1' } } })

const app = fastify()
app.register(gatelodge.fastify)
app.get('/mine', { preHandler: gatelodge.fastify.requireAccount }, async (request) => request.gatelodge?.account.name)

export const ofExpress = (request: Express.Request): string | undefined => request.gatelodge?.account.name
const answer: Response = await gatelodge.logout(new Headers())
export const form: string | undefined = gatelodge.logoutForm(new Headers())?.html ?? answer.statusText\n`
    const wrong = fine
      .replace('who?.account.name', 'who.account.name')
      .replace('createGatelodge(options)', "createGatelodge({ sitName: 'Acme' })")
      .replace('onRegistered:', 'onRegisterd:')
      .replace('heading:', 'headin:')
      .replace("type: 'select'", "type: 'date'")
      .replace('request.gatelodge?.account.name)', 'request.gatelodge.account.name)')
    const required = "import { createGatelodge } from 'gatelodge'\nvoid createGatelodge({ siteName: 'Acme' })\n"
    const files = { 'fine.ts': fine, 'wrong.ts': wrong, 'required.cts': required }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
    const options = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true }
    const compilerOptions = { ...options, module: 'nodenext', target: 'es2024', types: ['node'] }
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: Object.keys(files) }))
    const compiler = [join(modules, 'typescript/bin/tsc'), '-p', '.']
    const stdout: string = await run(process.execPath, compiler, { cwd: project }).then(
      () => '',
      (error) => error.stdout,
    )
    expect(stdout.split('\n').filter((line) => line !== '' && !/^(?:wrong\.ts|\s)/.test(line))).toEqual([])
    for (const fault of [
      "'sitName' does not exist",
      "'who' is possibly 'null'",
      "'onRegisterd' does not exist",
      "'headin' does not exist",
      'Type \'"date"\' is not assignable',
      "'request.gatelodge' is possibly 'null'",
    ])
      expect(stdout).toContain(fault)
  })

  it('runs its command line from there', async () => {
    const main = join(project, 'node_modules/gatelodge/dist/cli/main.js')
    const options = { cwd: project, env: { PATH: process.env.PATH } }
    const { stdout: version } = await run(process.execPath, [main, '--version'], options)
    expect(version).toMatch(/^\d+\.\d+\.\d+\n$/)
    const { stdout: states } = await run(process.execPath, [main, 'migrate', 'up'], options)
    expect(states).toMatch(/^0001-baseline {2}applied /)
  })

  it('is read by require(), too', async () => {
    const program = `const { createGatelodge } = require('gatelodge')
createGatelodge({ logLevel: 'silent' }).then(async (gatelodge) => {
  const answer = await gatelodge.fetch(new Request('http://localhost:3000/login'))
  await gatelodge.close()
  console.log(answer.status)
})\n`
    writeFileSync(join(project, 'main.cjs'), program)
    const options = { cwd: project, env: { PATH: process.env.PATH } }
    const { stdout, stderr } = await run(process.execPath, ['main.cjs'], options)
    expect([stdout, stderr]).toEqual(['200\n', ''])
  })

  it('runs from there, by each of its entry points', async () => {
    writeFileSync(
      join(project, 'main.js'),
      `import { createServer } from 'node:http'
import { createGatelodge } from 'gatelodge'
const gatelodge = await createGatelodge({ logLevel: 'silent' })
const server = createServer(gatelodge.node)
await new Promise((resolve) => server.listen(0, resolve))
const overNode = await fetch('http://127.0.0.1:' + server.address().port + '/login')
const overFetch = await gatelodge.fetch(new Request('http://localhost:3000/login'))
const routes = []
const fastify = {
  hasRequestDecorator: () => false,
  decorateRequest() {},
  register: (plugin) => plugin(fastify),
  removeAllContentTypeParsers() {},
  addContentTypeParser() {},
  all: (path) => routes.push(path),
}
await gatelodge.fastify(fastify)
let passedOn = false
await gatelodge.express()({ url: '/of-the-app', headers: {} }, {}, () => { passedOn = true })
server.closeAllConnections()
server.close()
await gatelodge.close()
console.log(JSON.stringify([overNode.status, overFetch.status, routes.includes('/login'), passedOn]))\n`,
    )
    const { stdout } = await run(process.execPath, ['main.js'], { cwd: project, env: { PATH: process.env.PATH } })
    expect(JSON.parse(stdout)).toEqual([200, 200, true, true])
  })

  it('has a client of the API that needs nothing else of it', async () => {
    writeFileSync(
      join(project, 'client.js'),
      `import { createClient } from 'gatelodge/client'
const fetch = async (address) => Response.json({ title: address, code: 'login-required' }, { status: 401 })
console.log(JSON.stringify(await createClient({ baseUrl: 'https://a.example', fetch }).getSession()))\n`,
    )
    const { stdout } = await run(process.execPath, ['client.js'], { cwd: project, env: { PATH: process.env.PATH } })
    expect(JSON.parse(stdout)).toMatchObject({ problem: { title: 'https://a.example/api/v1/session' } })
  })

  it('lists every wrong setting at once', async () => {
    writeFileSync(
      join(project, 'wrong.js'),
      `import { createGatelodge } from 'gatelodge'
await createGatelodge({ port: -1, sitName: 'Acme' }).catch((error) => console.log(error.message))\n`,
    )
    const { stdout } = await run(process.execPath, ['wrong.js'], { cwd: project, env: { PATH: process.env.PATH } })
    expect(stdout).toMatch(/sitName in the code/)
    expect(stdout).toMatch(/port is -1/)
  })
})
