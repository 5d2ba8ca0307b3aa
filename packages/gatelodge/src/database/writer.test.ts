import { describe, expect, it } from 'vitest'
import { type Answers, chooseSecondary, chooseWriter, type HostFacts, type HostStanding, standingOf } from './writer.ts'

const galera = { ready: true, primary: true, synced: true, behind: 0, view: '7' }
const shared = { node: 'a', agreed: undefined, isCurrent: true }
const group = (role: string, members: string[] = ['ONLINE', 'ONLINE'], behind: number | undefined = 0) => ({
  id: 'me',
  behind,
  members: [
    { id: 'me', state: 'ONLINE', role },
    ...members.map((state, at) => ({
      id: `other ${at}`,
      state,
      role: role === 'PRIMARY' || at > 0 ? 'SECONDARY' : 'PRIMARY',
    })),
  ],
})
const multi = {
  id: 'me',
  behind: 7,
  members: [
    { id: 'me', state: 'ONLINE', role: 'PRIMARY' },
    { id: 'other', state: 'ONLINE', role: 'PRIMARY' },
  ],
}
const writable = { readOnly: false }
const readOnly = { readOnly: true }

describe('What a host says of itself makes it', () => {
  it.each<[string, HostFacts, HostStanding['role']]>([
    ['a server that takes writes', writable, 'writer'],
    ['a replica: nobody knows what it has not received', readOnly, 'none'],

    ['a node of Galera', { ...writable, galera, shared }, 'writer'],
    ['one that is not ready', { ...writable, galera: { ...galera, ready: false } }, 'none'],
    ['one without a majority', { ...writable, galera: { ...galera, primary: false } }, 'none'],
    ['one that gives or gets a copy', { ...writable, galera: { ...galera, synced: false }, shared }, 'none'],
    ['one that waits for the cluster', { ...writable, galera, shared: { ...shared, isCurrent: false } }, 'secondary'],
    ['one that waits and lags', { ...writable, galera: { ...galera, behind: 3 } }, 'none'],
    ['one that the operator has made read-only', { ...readOnly, galera, shared }, 'secondary'],

    ['the primary of a group', { ...writable, group: group('PRIMARY') }, 'writer'],
    ['one that is still read-only', { ...readOnly, group: group('PRIMARY') }, 'none'],
    ['one that has not applied everything', { ...writable, group: group('PRIMARY', ['ONLINE'], 5) }, 'none'],
    ['one that cannot say how much', { ...writable, group: { ...group('PRIMARY'), behind: undefined } }, 'writer'],
    ['one that reaches two of three', { ...writable, group: group('PRIMARY', ['ONLINE', 'UNREACHABLE']) }, 'writer'],
    ['one that reaches one of two', { ...writable, group: group('PRIMARY', ['UNREACHABLE']) }, 'none'],
    ['one that reaches one of three', { ...writable, group: group('PRIMARY', ['UNREACHABLE', 'UNREACHABLE']) }, 'none'],
    ['a secondary', { ...readOnly, group: group('SECONDARY') }, 'secondary'],
    ['one that lags', { ...readOnly, group: group('SECONDARY', ['ONLINE'], 1) }, 'none'],
    ['one whose lag is not known', { ...readOnly, group: { ...group('SECONDARY'), behind: undefined } }, 'none'],
    ['one without a majority', { ...readOnly, group: group('SECONDARY', ['UNREACHABLE']) }, 'none'],
    [
      'a member that was expelled',
      { ...readOnly, group: { id: 'me', behind: 0, members: [{ id: 'me', state: 'ERROR', role: 'PRIMARY' }] } },
      'none',
    ],
    ['a member that was not started', { ...writable, group: { id: 'me', behind: 0, members: [] } }, 'none'],
    [
      'a primary without the grant',
      { ...writable, group: { id: 'me', behind: undefined, members: undefined } },
      'writer',
    ],
    [
      'a secondary without the grant',
      { ...readOnly, group: { id: 'me', behind: undefined, members: undefined } },
      'none',
    ],
    ['one of several primaries', { ...writable, group: multi, shared }, 'writer'],
    ['one of several that lags', { ...writable, group: multi, shared: { ...shared, isCurrent: false } }, 'none'],
  ])('%s', (_, facts, role) => {
    expect(standingOf(facts).role).toBe(role)
  })
})

describe('Of several hosts', () => {
  const plain: HostStanding = { role: 'writer', isOnly: false, isInCluster: false }
  const replica: HostStanding = { role: 'none', isOnly: false, isInCluster: false }
  const inView = (view: string, role: HostStanding['role']): HostStanding => ({
    role,
    isOnly: role === 'writer',
    isInCluster: true,
    view,
  })
  const primary = inView('a b c', 'writer')
  const secondary = inView('a b c', 'secondary')
  const elected = inView('b c', 'writer')
  const follower = inView('b c', 'secondary')
  const node = (name: string, agreed?: string): HostStanding => ({
    role: 'writer',
    isOnly: false,
    isInCluster: true,
    view: '7',
    shared: { node: name, agreed, isCurrent: true },
  })
  const no = 'silent'
  const yet = undefined

  it.each<[string, Answers, number | undefined, number | 'none' | undefined]>([
    ['the source is taken', [replica, plain], undefined, 1],
    ['the first of two that take writes is taken', [plain, plain], undefined, 0],
    ['and not before the first has answered', [yet, plain], undefined, undefined],
    ['or has given none', [no, plain], undefined, 1],
    ['the one that was taken stays, at once', [yet, plain], 1, 1],
    ['also when the first is back', [plain, plain], 1, 1],
    ['none is taken where all are replicas', [replica, replica], 0, 'none'],
    ['none where nobody answers', [no, no], 0, 'none'],
    ['none before everyone has answered', [replica, yet], 0, undefined],

    ['the primary is taken, once most know it as a member', [secondary, primary, yet], 0, 1],
    ['and not before', [yet, primary, yet], 1, undefined],
    ['one that hung still calls itself primary: most know better', [primary, elected, follower], 0, 1],
    ['and it does not decide while it is alone', [primary, yet, yet], 0, undefined],
    ['a group that shrank to one member goes on with it', [no, no, inView('c', 'writer')], 0, 2],
    ['a secondary is never taken', [secondary, no, secondary], 1, 'none'],
    ['a server that lost its cluster is not taken for a source', [plain, secondary, secondary], 0, 'none'],
    ['nor beside a primary', [plain, primary, secondary], 0, 1],

    ['the first node is taken', [node('a'), node('b'), node('c')], undefined, 0],
    ['the one that the copies agree on is taken', [node('a', 'b'), node('b', 'b'), node('c', 'b')], undefined, 1],
    ['also by a copy that had another one', [node('a', 'b'), node('b', 'b'), yet], 0, 1],
    ['the agreed one stays, at once', [yet, node('b', 'b'), yet], 1, 1],
    [
      'another answer is waited for where it may be the agreed one',
      [node('a', 'c'), node('b', 'c'), yet],
      0,
      undefined,
    ],
    ['where the agreed one is gone, the one that was taken stays', [node('a', 'c'), node('b', 'c'), no], 1, 1],
    ['or the first is taken', [no, node('b', 'a'), node('c', 'a')], 0, 1],
    ['one that is no writer any more is left', [secondary, node('b', 'a'), node('c', 'a')], 0, 1],
  ])('%s', (_, answers, chosen, taken) => {
    expect(chooseWriter(answers, chosen)).toBe(taken)
  })

  const syncing: HostStanding = { ...secondary, view: '7' }
  it.each<[string, Answers, number | undefined]>([
    ['a secondary is read from where most hosts know it as a member', [no, secondary, secondary], 1],
    ['none is where it could have hung for a while', [no, secondary, follower], undefined],
    ['none is where one alone answers', [no, no, secondary], undefined],
    ['nor is one that lags', [no, inView('a b c', 'none'), inView('a b c', 'none')], undefined],
    ['a node of Galera that waits for the cluster is read from', [no, syncing, syncing], 1],
    ['a replica never is', [no, replica], undefined],
  ])('%s', (_, answers, taken) => {
    expect(chooseSecondary(answers)).toBe(taken)
  })
})
