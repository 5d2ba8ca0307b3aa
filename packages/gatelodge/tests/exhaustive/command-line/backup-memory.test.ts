// A backup, its restore and a copy hold a page of rows in memory, however many there are.
import { beforeAll, expect, it } from 'vitest'
import { lineOf } from '../../../src/database/content/row.ts'
import { shapesOfTables } from '../../../src/database/content/shape.ts'
import { insertLines } from '../../../src/database/content/write.ts'
import { migrate } from '../../../src/database/migrate.ts'
import { digest } from '../../../src/identity/sealing.ts'
import { minutes, systemClock } from '../../../src/time.ts'
import { folder, on, passphraseIn, secret } from '../../kept/places.ts'
import { finished } from '../../support/command-line.ts'
import { onMysql, onSqlite, type TestDatabase } from '../../support/databases.ts'

/** Of the record, each with the longest note: as text in memory they take 48 MB. */
const rows = 12_000
const same = {
  event: 'e',
  client_address: 'a',
  device: '{}',
  outcome: 'asked',
  request_id: 'r',
  note: '🗝'.repeat(1000),
}
const without = { account_id: null, address_hash: null, reason: null, actor: null, methods: null }

async function fillRecord({ url }: TestDatabase): Promise<void> {
  await on(url, async (database) => {
    await migrate(database, systemClock)
    const table = (await shapesOfTables()).find(({ name }) => name === 'gatelodge_audit')
    if (!table) throw new Error('there is no such table')
    const lineAt = (at: number) => lineOf(table, { ...same, ...without, id: digest(`${at}`).subarray(0, 16), at })
    for (let from = 0; from < rows; from += 500)
      await insertLines(
        database,
        table,
        Array.from({ length: 500 }, (_, index) => lineAt(from + index)),
      )
  })
}

onSqlite('With 48 MB for its objects, beside what is on SQLite', (sqlite) => {
  onMysql('and what is', (mysql) => {
    const place = folder()
    const copied = `sqlite:${place}/copied.sqlite`
    beforeAll(() => fillRecord(sqlite))

    it.each<[string[], string]>([
      [['backup', 'first', '--passphrase-file', passphraseIn(place)], sqlite.url],
      [['restore', 'first', '--passphrase-file', passphraseIn(place)], 'MySQL'],
      [['copy', 'DATABASE_URL', 'COPY'], 'MySQL'],
    ])('%j does its work', { timeout: minutes(5) }, async (words, url) => {
      const DATABASE_URL = url === 'MySQL' ? mysql.url : url
      const little = { NODE_OPTIONS: '--max-old-space-size=48', GATELODGE_SECRET: secret, DATABASE_URL, COPY: copied }
      const { code, out, err } = await finished(words, little, place)
      expect([code, out], err).toEqual([0, expect.stringContaining('12,001 rows')])
    })
  })
})
