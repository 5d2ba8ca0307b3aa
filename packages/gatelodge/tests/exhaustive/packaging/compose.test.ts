// What compose.mysql.yaml brings along, without Docker: the Caddyfile in the real Caddy, and the secrets as the page makes them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadSettings } from '../../../src/config/load.ts'
import { networkList } from '../../../src/config/networks.ts'
import { document } from '../../support/documents.ts'
import { throwawayDatabase } from '../../support/make-app.ts'
import { freePort } from '../../support/mysql-server.ts'
import { startProxy } from '../../support/proxies.ts'
import { startSite } from '../../support/site.ts'
import { overTheWire } from '../../support/upstream-site.ts'
import { Visitor } from '../../support/visitor.ts'

it('The Caddyfile leads to Gatelodge, which learns the address of the client', async () => {
  const port = await freePort()
  const baseUrl = `http://localhost:${port}`
  const site = await startSite(throwawayDatabase(), { baseUrl, trustedProxies: networkList.parse('127.0.0.1') })
  // As the container has them: these come from its environment.
  const filled = document('packaging/docker/Caddyfile')
    .replace('{$SITE_ADDRESS}', `http://localhost:${port}`)
    .replace('{$GATELODGE_ADDRESS}', `127.0.0.1:${site.port}`)
  const proxy = await startProxy('caddy', `{\nadmin off\n}\n${filled}`, baseUrl)
  const visitor = new Visitor(overTheWire, baseUrl)
  await visitor.register()
  const { html } = await visitor.open('/account')
  expect(html).toContain('Hello')
  await proxy.stop()
  await site.stop()
})

it('The secrets of docs/running/docker.md are what Gatelodge and MySQL read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-secrets-'))
  const [, block = ''] = /^```bash\n(mkdir -p secrets\n.*?)^```$/ms.exec(document('docs/running/docker.md')) ?? []
  execFileSync('bash', ['-eu', '-c', block], { cwd: folder })
  const environment = {
    NODE_ENV: 'production',
    GATELODGE_BASE_URL: 'https://accounts.example.org',
    GATELODGE_TRUSTED_PROXIES: '172.31.250.2',
    GATELODGE_DATABASE_URL_FILE: join(folder, 'secrets/database-url'),
    GATELODGE_SECRET_FILE: join(folder, 'secrets/gatelodge-secret'),
  }
  const loaded = loadSettings({ environment })
  const password = readFileSync(join(folder, 'secrets/mysql-password'), 'utf8').trim()
  const databaseUrl = `mysql://gatelodge:${password}@mysql:3306/gatelodge?tls=off`
  expect(loaded).toMatchObject({
    kind: 'settings',
    settings: { databaseUrl, secret: [expect.stringMatching(/^\S{64}$/)] },
  })
})
