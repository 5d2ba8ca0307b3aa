// `gatelodge copy FROM TO`, as it is started by hand.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { finished, finishedHere, start } from '../support/command-line.ts'
import { onEachDatabase, onSqlite } from '../support/databases.ts'
import { makeApp, useApp } from '../support/make-app.ts'
import { logsInEachWay, someoneWithEachWay } from './each-way.ts'
import { emptyDatabase, everything, fillWithAttempts, folder, on, rowsIn, secret } from './places.ts'

onEachDatabase('A copy', (database) => {
  const app = useApp(database)

  it('to the other kind has all rows, and people log in there with app code, recovery code and passkey', async () => {
    const kind = database.name === 'SQLite' ? 'MySQL' : 'SQLite'
    const someone = await someoneWithEachWay(app())
    const url = await emptyDatabase(kind)
    const words = ['copy', 'OLD', 'NEW']
    const { code, out, err } = await finishedHere(words, { OLD: database.url, NEW: url, GATELODGE_SECRET: secret })
    expect([code, out], err).toEqual([
      0,
      expect.stringMatching(/rows of \d+ tables are copied\. All counts and checksums are equal/),
    ])
    expect(await everything(url)).toEqual(await everything(database.url))
    const other = await makeApp({ url })
    other.clock.pass(app().clock.now() - other.clock.now())
    await logsInEachWay(other, someone)
    await other.close()
    // It is not empty now.
    const again = await finishedHere(words, { OLD: database.url, NEW: url, GATELODGE_SECRET: secret })
    expect([again.code, again.err]).toEqual([1, expect.stringMatching(/not empty/)])
  })
})

onSqlite('gatelodge copy', (database) => {
  const app = useApp(database)

  it('goes on after a kill, with what has changed in the old database meanwhile', async () => {
    await app().visitor().register()
    await fillWithAttempts(database.url, 10_000)
    const url = await emptyDatabase('MySQL')
    const place = folder()
    writeFileSync(join(place, 'new'), `${url}\n`)
    const words = ['copy', database.url, 'file:new']
    const first = start(words, { GATELODGE_SECRET: secret }, place)
    while ((await rowsIn(url, 'gatelodge_attempts')) === 0 && first.child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 10))
    first.child.kill('SIGKILL')
    await first.ended
    const there = await rowsIn(url, 'gatelodge_attempts')
    expect(there).toBeLessThan(10_000)
    await on(database.url, async ({ db }) => {
      await db.updateTable('gatelodge_accounts').set({ name: 'Changed' }).execute()
      const [gone, changed] = await db
        .selectFrom('gatelodge_attempts')
        .selectAll()
        .orderBy('attempt_key')
        .limit(2)
        .execute()
      const at = (row: typeof gone) => row?.attempt_key as Buffer
      await db.deleteFrom('gatelodge_attempts').where('attempt_key', '=', at(gone)).execute()
      await db.updateTable('gatelodge_attempts').set({ tries: 7 }).where('attempt_key', '=', at(changed)).execute()
    })
    await app().visitor().register()
    const second = await finished(words, { GATELODGE_SECRET: secret }, place)
    expect(second).toMatchObject({ code: 0, err: expect.stringContaining('this one goes on') })
    expect(await everything(url)).toEqual(await everything(database.url))
  })

  it.each<[string[], RegExp]>([
    [['sqlite:a', 'mysql://me:hidden@127.0.0.1/x'], /Others can read a password here/],
    [['sqlite:a', 'NOWHERE'], /There is no variable NOWHERE, and no NOWHERE_FILE/],
    [['sqlite:a', 'x.sqlite'], /A database is sqlite:PATH, file:PATH/],
    [['sqlite:a', 'sqlite::memory:'], /one process only/],
    [['sqlite:a', 'sqlite:./a'], /the same database/],
    [['sqlite:a', 'BAD'], /BAD: expected: mysql:/],
  ])('%j is refused, and says what to do without any password', async (words, said) => {
    const { code, err } = await finishedHere(['copy', ...words], {
      BAD: 'mysql://me:hidden@host',
      GATELODGE_SECRET: secret,
    })
    expect([code, err]).toEqual([2, expect.stringMatching(said)])
    expect(err).not.toContain('hidden')
  })
})
