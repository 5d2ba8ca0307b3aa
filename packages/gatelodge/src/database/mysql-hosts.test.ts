// The choice itself stands in writer.test.ts; here is when hosts are asked, and what those get who want a connection.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { HostState } from './driver.ts'
import type { LimitedConnection } from './mysql-connection.ts'
import { type Host, hostsOf } from './mysql-hosts.ts'
import { Unavailable } from './unavailable.ts'
import type { HostFacts } from './writer.ts'

const away = Object.assign(new Error('nobody there'), { code: 'ECONNREFUSED' })

function cluster(size: number) {
  const says: (HostFacts | Error | Promise<HostFacts>)[] = Array.from({ length: size }, () => ({ readOnly: true }))
  const probes = Array.from({ length: size }, () => 0)
  const sent: string[] = []
  const refusing = new Set<number>()
  const changes: string[] = []
  const hosts = Array.from({ length: size }, (_, at): Host => {
    const name = `h${at}`
    const connection = {
      name,
      send: async (text: string, values: readonly unknown[]) => {
        sent.push([name, text.trim().split(' ')[0], ...values].join(' '))
        return []
      },
      release: () => {},
      destroy: () => {},
    }
    return {
      name,
      isWell: () => {},
      lanes: {
        isAway: () => false,
        async take() {
          if (!refusing.has(at)) return connection
          several.doubt(name)
          throw new Unavailable('no connection')
        },
      },
      async probe() {
        probes[at] = (probes[at] ?? 0) + 1
        const answer = await says[at]
        if (answer instanceof Error) throw answer
        return answer as HostFacts
      },
    }
  })
  const several = hostsOf(hosts, (states: HostState[]) => changes.push(states.map(({ role }) => role).join(' ')))
  const taken = async (lane: 'read' | 'write' = 'write') =>
    ((await several.take(lane)) as LimitedConnection & { name: string }).name
  return { several, says, probes, sent, refusing, changes, taken }
}

it('the hosts are asked when the first connection is wanted, once for all who want one', async () => {
  const { taken, says, probes, changes } = cluster(3)
  says[1] = { readOnly: false }
  expect(probes).toEqual([0, 0, 0])
  expect(await Promise.all([taken(), taken('read'), taken()])).toEqual(['h1', 'h1', 'h1'])
  expect(await taken()).toBe('h1')
  expect(probes).toEqual([1, 1, 1])
  expect(changes).toEqual(['unfit writer unfit'])
})

it('who wants a connection to a host that was just lost gets one to the new writer', async () => {
  const { taken, says, refusing, changes } = cluster(2)
  says[0] = { readOnly: false }
  expect(await taken()).toBe('h0')
  says[0] = away
  says[1] = { readOnly: false }
  refusing.add(0)
  expect(await Promise.all([taken(), taken(), taken('read')])).toEqual(['h1', 'h1', 'h1'])
  expect(changes).toEqual(['writer unfit', 'away writer'])
})

it('after a lost connection nobody gets one before the hosts have answered, and a well writer stays', async () => {
  const { several, taken, says, probes } = cluster(2)
  says[0] = { readOnly: false }
  await taken()
  const { promise, resolve } = Promise.withResolvers<HostFacts>()
  says[0] = promise
  several.doubt('h1')
  expect(probes).toEqual([1, 1])
  several.doubt('h0')
  several.doubt('h0')
  let name = ''
  const waiting = taken().then((one) => {
    name = one
  })
  await pause(5)
  expect([name, probes]).toEqual(['', [2, 2]])
  resolve({ readOnly: false })
  await waiting
  expect(name).toBe('h0')
})

it('without a writer everyone is refused at once, with the reason, and the hosts are asked now and then', async () => {
  const { several, taken, says, probes, changes } = cluster(2)
  says[0] = away
  says[1] = away
  for (let tries = 0; tries < 5; tries += 1) await expect(taken()).rejects.toMatchObject({ cause: away })
  expect(probes).toEqual([1, 1])
  expect(several.states()).toMatchObject([{ role: 'away', error: 'ECONNREFUSED' }, { role: 'away' }])
  says[1] = { readOnly: false }
  while ((await taken().catch(() => '')) !== 'h1') await pause(20)
  expect(probes).toEqual([2, 2])
  expect(changes).toEqual(['away away', 'away writer'])
})

it('a refusal counts as the reason only where all hosts refuse: one that is away may be the writer', async () => {
  const refused = Object.assign(new Error('Access denied'), { errno: 1045, code: 'ER_ACCESS_DENIED_ERROR' })
  const both = cluster(2)
  both.says.fill(refused)
  await expect(both.taken()).rejects.toMatchObject({ cause: refused })
  const one = cluster(2)
  one.says.splice(0, 2, refused, away)
  await expect(one.taken()).rejects.toMatchObject({ cause: away })
})

it('without a writer, a read may come from a secondary that is up to date, and says so', async () => {
  const { several, taken, says } = cluster(3)
  const members = ['a', 'b', 'c'].map((id) => ({ id, state: 'ONLINE', role: id === 'a' ? 'PRIMARY' : 'SECONDARY' }))
  says[0] = away
  says[1] = { readOnly: true, group: { id: 'b', members, behind: 4 } }
  says[2] = { readOnly: true, group: { id: 'c', members, behind: 0 } }
  await expect(taken('read')).rejects.toThrow(Unavailable)
  expect(await several.elsewhere()).toMatchObject({ connection: { name: 'h2' }, isWriter: false })
  says[2] = away
  while (several.states()[2]?.role !== 'away') {
    await taken().catch(() => {})
    await pause(20)
  }
  expect(await several.elsewhere()).toBeUndefined()
})

it('where every node takes writes, the copies agree on one by a row, and a copy that finds another one follows', async () => {
  const { taken, says, sent } = cluster(2)
  const galera = { ready: true, primary: true, synced: true, behind: 0, view: '7' }
  const node = (name: string, agreed?: string) => ({
    readOnly: false,
    galera,
    shared: { node: name, agreed, isCurrent: true },
  })
  says.splice(0, 2, node('a'), node('b'))
  expect(await taken()).toBe('h0')
  await pause(5)
  expect(sent).toEqual(['h0 insert a a'])
  const late = cluster(2)
  late.says.splice(0, 2, node('a', 'b'), node('b', 'b'))
  expect(await late.taken()).toBe('h1')
  await pause(5)
  expect(late.sent).toEqual([])
})
