import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import type { Sessions } from '../../identity/sessions/rules.ts'
import { createLongLived } from './long-lived.ts'

class Connection extends EventEmitter {
  destroyed = false
  readonly ended = new Promise<void>((resolve) => this.once('close', resolve))
  destroy() {
    this.destroyed = true
    this.emit('close')
  }
}

type Resume = Sessions['resume']
const away: Resume = () => Promise.reject(new Error('away'))
const over: Resume = async () => ({ ended: 'timed-out', accountId: Buffer.alloc(16) })

/** Tells how often it was asked, and whether as a use of the session. */
function sessions(...answers: Resume[]) {
  const asked: (boolean | undefined)[] = []
  const resume: Resume = (token, options) => {
    asked.push(options?.isUse)
    return (answers[asked.length - 1] ?? over)(token, options)
  }
  return { asked, resume }
}

it('stays open while the database is away, ends when the session has, and never counts as a use of it', async () => {
  const { asked, resume } = sessions(away, away)
  const longLived = createLongLived({ resume }, 5)
  const connection = new Connection()
  longLived.add(connection, 'a token', 'finite')
  await connection.ended
  expect(asked).toEqual([false, false, false])
  longLived.close()
})

it('does not close public connections until the server stops', async () => {
  const { resume } = sessions()
  const longLived = createLongLived({ resume }, 5)
  const [everybodys, somebodys] = [new Connection(), new Connection()]
  longLived.add(everybodys, undefined, 'endless')
  longLived.add(somebodys, 'a token', 'endless')
  await somebodys.ended
  expect(everybodys.destroyed).toBe(false)
  longLived.close()
  expect(everybodys.destroyed).toBe(true)
})

it('does not hold what has gone already', () => {
  const { resume } = sessions()
  const longLived = createLongLived({ resume }, 60_000)
  const connection = new Connection()
  connection.destroyed = true
  longLived.add(connection, 'a token', 'finite')
  expect(connection.listenerCount('close')).toBe(1)
  longLived.close()
})

it('lets an answer that ends by itself come to its end when the server stops, unless it turns out to be endless', () => {
  const { resume } = sessions()
  const longLived = createLongLived({ resume }, 60_000)
  const [download, events] = [new Connection(), new Connection()]
  longLived.add(download, 'a token', 'finite')
  longLived.add(events, 'a token', 'finite')
  longLived.add(events, 'a token', 'endless')
  expect(events.listenerCount('close')).toBe(2)
  longLived.close()
  expect([download.destroyed, events.destroyed]).toEqual([false, true])
})
