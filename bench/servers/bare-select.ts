// The least a server can do for a page of someone who is logged in: one prepared SELECT of session and account, a line of
// text. `node bare-select.ts DATABASE_URL`
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { createPool } from 'mysql2'

const statement = `select session.token_hash, session.created_at, session.last_seen_at, session.remembered,
  account.id, account.name, account.email, account.created_at as registered_at, account.disabled_at,
  account.password_changed_at
  from gatelodge_sessions session
  join gatelodge_accounts account on account.id = session.account_id
  where session.token_hash = ?`

type Row = { name: string } | undefined
type Find = (tokenHash: Buffer, done: (row: Row) => void) => void

const find = connect(process.argv[2] ?? '')

const server = createServer((request, response) => {
  const token = /gatelodge=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  find(createHash('sha256').update(token).digest(), (row) => {
    response.writeHead(row ? 200 : 404, { 'content-type': 'text/plain' })
    response.end(`Hello, ${row?.name}\n`)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))

function connect(url: string): Find {
  if (url.startsWith('sqlite:')) {
    const prepared = new DatabaseSync(url.slice('sqlite:'.length), { readOnly: true }).prepare(statement)
    return (tokenHash, done) => done(prepared.get(tokenHash) as Row)
  }
  // As many connections as the product has.
  const pool = createPool({ uri: url, connectionLimit: 10 })
  return (tokenHash, done) =>
    pool.execute(statement, [tokenHash], (error, rows) => {
      if (error) throw error
      done((rows as unknown as Row[])[0])
    })
}
