import { expect, it } from 'vitest'
import { onMysql, openDriver } from '../../tests/support/databases.ts'
import { codes, document, table } from '../../tests/support/documents.ts'
import { faulty } from '../../tests/support/faulty-database.ts'
import { makeApp } from '../../tests/support/make-app.ts'
import { fromDriver } from './connect.ts'
import { type DatabaseFault, lostCodes, mysqlFaultOf, mysqlFaults, sqliteFaultOf, sqliteFaults } from './faults.ts'

const page = 'docs/security/database-errors.md'

it.each([
  ['MySQL and MariaDB', mysqlFaults],
  ['SQLite', sqliteFaults],
] as const)('V16.5.1 the errors of %s stand in the document as in the code', (heading, faults) => {
  const told = Object.fromEntries(table(page, heading).map(({ number, means }) => [number, means]))
  expect(told).toEqual(Object.fromEntries(Object.entries(faults)))
})

it('V16.5.1 the names of those without a number do, too', () => {
  const section = document(page).split('## Without a number')[1]?.split('\n## ')[0] ?? ''
  expect(codes(section).filter((code) => /^[A-Z_]+$/.test(code))).toEqual([...lostCodes])
})

it('V16.5.3 extended, fatal and unknown error codes are distinguished', () => {
  const sqlite = (errcode: number) => sqliteFaultOf({ errcode })
  // SQLITE_BUSY_SNAPSHOT, SQLITE_IOERR_WRITE, SQLITE_READONLY_DBMOVED, SQLITE_CONSTRAINT_NOTNULL
  expect([517, 778, 1032, 1299].map(sqlite)).toEqual(['again', 'unwritable', 'unwritable', 'other'])
  const mysql = [{ errno: 1146 }, { code: 'ECONNRESET', errno: -104 }, { fatal: true }, {}].map(mysqlFaultOf)
  expect(mysql).toEqual(['other', 'lost', 'lost', 'other'])
})

onMysql('Whatever the server says', (database) => {
  const cases: [number, DatabaseFault | 'other'][] = Object.entries(mysqlFaults).map(([number, fault]) => [
    +number,
    fault,
  ])

  it('V16.5.2 V16.5.3 a person meets 503 with Retry-After, never 500, and what nobody foresaw is logged', async () => {
    const { driver, faults } = faulty(openDriver(database))
    const app = await makeApp(database, {}, { database: fromDriver(driver) })
    const browser = app.visitor()
    const ada = await browser.register()
    const unforeseen: [number, 'other'][] = [1146, 1142, 1364, 1366, 1406, 1030, 9999].map((number) => [
      number,
      'other',
    ])
    for (const [errno, fault] of [...cases, ...unforeseen]) {
      const error = () => Object.assign(new Error(`error ${errno}`), { errno, sqlMessage: `error ${errno}` })
      const before = app.logged.length
      faults.arm(1, 'before', error())
      const read = await browser.send('GET', '/account')
      expect([read.status, /^\d+$/.test(read.headers.get('retry-after') ?? '')], `${errno}`).toEqual([503, true])
      const failed = app.logged.slice(before).some(({ msg }) => msg === 'request.failed')
      expect(failed, `${errno}`).toBe(fault === 'other')
    }
    // In the middle of what writes, too. The breaker for writes may be shut by then: that is 503 as well.
    for (const [errno] of [...cases.filter(([, fault]) => fault === 'unwritable'), ...unforeseen]) {
      faults.arm(4, 'before', Object.assign(new Error(`error ${errno}`), { errno, sqlMessage: `error ${errno}` }))
      expect([200, 503], `${errno}`).toContain((await app.visitor().json('POST', '/api/v1/login', ada)).status)
    }
    faults.disarm()
    expect((await browser.send('GET', '/account')).status).toBe(200)
    await app.close()
  })
})
