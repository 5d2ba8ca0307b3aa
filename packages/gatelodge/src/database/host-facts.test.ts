import { expect, it } from 'vitest'
import { type Ask, factsOf } from './host-facts.ts'
import type { HostFacts } from './writer.ts'

/** A server that answers by words of the statement. */
function server(says: Record<string, Record<string, string | number> | number>): Ask {
  return async (text) => {
    const [, answer] = Object.entries(says).find(([words]) => text.includes(words)) ?? []
    if (typeof answer === 'number') throw Object.assign(new Error('refused'), { errno: answer })
    if (!text.startsWith('show')) return answer ? [answer] : []
    return Object.entries(answer ?? {}).map(([Variable_name, Value]) => ({ Variable_name, Value }))
  }
}

const wsrep = {
  wsrep_ready: 'ON',
  wsrep_cluster_status: 'Primary',
  wsrep_local_state: '4',
  wsrep_local_recv_queue: '0',
  wsrep_gcomm_uuid: 'node-1',
  wsrep_cluster_conf_id: '7',
}
const galera = { ready: true, primary: true, synced: true, behind: 0, view: '7' }
const inGroup = { read_only: 'OFF', super_read_only: 'OFF', group_replication_group_name: 'g', server_uuid: 's-1' }
const member = { id: 's-1', state: 'ONLINE', role: 'PRIMARY' }

it.each<[string, Parameters<typeof server>[0], HostFacts]>([
  ['MySQL alone', { variables: { read_only: 'OFF', super_read_only: 'OFF' } }, { readOnly: false }],
  ['MariaDB alone', { variables: { read_only: 'OFF', wsrep_on: 'OFF' } }, { readOnly: false }],
  ['a replica', { variables: { read_only: 'ON', super_read_only: 'OFF' } }, { readOnly: true }],
  [
    'MySQL that refuses even administrators',
    { variables: { read_only: 'OFF', super_read_only: 'ON' } },
    { readOnly: true },
  ],
  ['MariaDB 12 with its longer word', { variables: { read_only: 'NO_LOCK_NO_ADMIN' } }, { readOnly: true }],
  [
    'a node of Galera',
    { variables: { read_only: 'OFF', wsrep_on: 'ON' }, status: wsrep, gatelodge_leases: { owner: 'node-2' } },
    { readOnly: false, galera, shared: { node: 'node-1', agreed: 'node-2', isCurrent: true } },
  ],
  [
    'one before the first start of Gatelodge',
    { variables: { read_only: 'OFF', wsrep_on: 'ON' }, status: wsrep, gatelodge_leases: 1146 },
    { readOnly: false, galera, shared: { node: 'node-1', agreed: undefined, isCurrent: true } },
  ],
  [
    'one whose cluster cannot order anything now',
    { variables: { read_only: 'OFF', wsrep_on: 'ON' }, status: wsrep, gatelodge_leases: 1205 },
    { readOnly: false, galera, shared: { node: 'node-1', agreed: undefined, isCurrent: false } },
  ],
  [
    'one that was left alone: nothing more is asked',
    {
      variables: { wsrep_on: 'ON' },
      status: { ...wsrep, wsrep_cluster_status: 'non-Primary' },
      gatelodge_leases: 1047,
    },
    { readOnly: false, galera: { ...galera, primary: false } },
  ],
  [
    'a member of a group',
    { variables: inGroup, replication_group_members: member, replication_group_member_stats: { behind: 2 } },
    { readOnly: false, group: { id: 's-1', members: [member], behind: 2 } },
  ],
  [
    'one whose tables may not be read',
    { variables: inGroup, replication_group_members: 1142, replication_group_member_stats: 1142 },
    { readOnly: false, group: { id: 's-1', members: undefined, behind: undefined } },
  ],
])('What is asked of %s gives these facts', async (_, says, facts) => {
  expect(await factsOf(server(says))).toEqual(facts)
})

it('A server that refuses for another reason has not answered', async () => {
  await expect(factsOf(server({ variables: inGroup, replication_group_members: 1040 }))).rejects.toThrow('refused')
})
