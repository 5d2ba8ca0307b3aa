// Asks one server of MySQL or MariaDB what it is in its cluster. None of it needs a right but the two tables of
// performance_schema, and a node that refuses all else answers SHOW.
import type { HostFacts, Shared } from './writer.ts'
import { isMultiPrimary } from './writer.ts'

/** Sends one statement. @throws what the server says, with its `errno`. */
export type Ask = (text: string) => Promise<Record<string, unknown>[]>

const variables = `show global variables where variable_name in
  ('read_only', 'super_read_only', 'wsrep_on', 'group_replication_group_name', 'server_uuid')`

const wsrep = `show global status where variable_name in
  ('wsrep_ready', 'wsrep_cluster_status', 'wsrep_local_state', 'wsrep_local_recv_queue', 'wsrep_gcomm_uuid',
   'wsrep_cluster_conf_id')`

const members = `select member_id as id, member_state as state, member_role as role
  from performance_schema.replication_group_members`

const queues = `select count_transactions_in_queue + count_transactions_remote_in_applier_queue as behind
  from performance_schema.replication_group_member_stats where member_id = @@server_uuid`

const agreement = `select owner from gatelodge_leases where name = 'writer'`

/** @throws where the server does not answer. */
export async function factsOf(ask: Ask): Promise<HostFacts> {
  const values = named(await ask(variables))
  const readOnly = [values.read_only, values.super_read_only].some((value) => !isOff(value))
  if (!isOff(values.wsrep_on)) return { readOnly, ...(await ofGalera(ask)) }
  if (values.group_replication_group_name) return { readOnly, ...(await ofGroup(ask, values.server_uuid ?? '')) }
  return { readOnly }
}

/** MariaDB 12 has more words for ON. */
function isOff(value: string | undefined): boolean {
  return value === undefined || /^(?:off|0|)$/i.test(value)
}

/** `wsrep_local_state` of a node that has all that the others have. */
const synced = '4'

async function ofGalera(ask: Ask): Promise<Omit<HostFacts, 'readOnly'>> {
  const status = named(await ask(wsrep))
  const galera = {
    ready: status.wsrep_ready === 'ON',
    primary: status.wsrep_cluster_status === 'Primary',
    synced: status.wsrep_local_state === synced,
    behind: Number(status.wsrep_local_recv_queue),
    view: status.wsrep_cluster_conf_id ?? '',
  }
  if (!galera.ready || !galera.primary) return { galera }
  return { galera, shared: await sharedOf(ask, status.wsrep_gcomm_uuid ?? '', 'set session wsrep_sync_wait = 1') }
}

async function ofGroup(ask: Ask, id: string): Promise<Omit<HostFacts, 'readOnly'>> {
  const found = await unlessDenied(ask(members))
  const [queue] = (await unlessDenied(ask(queues))) ?? []
  const behind = queue && Number(queue.behind)
  const group = { id, members: found?.map(({ id, state, role }) => ({ id, state, role }) as Member), behind }
  if (!group.members || !isMultiPrimary(group.members)) return { group }
  return { group, shared: await sharedOf(ask, id, "set session group_replication_consistency = 'BEFORE'") }
}

type Member = { id: string; state: string; role: string }

/** @param waiting makes the next SELECT wait until all that the cluster has ordered is applied. */
async function sharedOf(ask: Ask, node: string, waiting: string): Promise<Shared> {
  try {
    await ask(waiting)
    const [row] = await ask(agreement)
    return { node, agreed: row?.owner as string | undefined, isCurrent: true }
  } catch (error) {
    // Before the first start there is no table yet.
    return { node, agreed: undefined, isCurrent: (error as { errno?: number }).errno === noSuchTable }
  }
}

const noSuchTable = 1146
/** SELECT on this table is denied, or there is no such table. */
const denied = [1142, 1044, noSuchTable]

async function unlessDenied<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (denied.includes((error as { errno?: number }).errno ?? 0)) return undefined
    throw error
  }
}

function named(rows: Record<string, unknown>[]): Record<string, string | undefined> {
  return Object.fromEntries(rows.map((row) => [String(row.Variable_name).toLowerCase(), String(row.Value)]))
}
