// Which of several hosts takes the writes. It is judged by what each host says of itself; nothing is sent from here.

/** What a host says of itself. */
export interface HostFacts {
  /** `read_only` or `super_read_only`, of the server. */
  readOnly: boolean
  /** Of a node of Galera. */
  galera?: {
    /** `wsrep_ready` is ON. */
    ready: boolean
    /** `wsrep_cluster_status` is Primary: it belongs to a majority. */
    primary: boolean
    /** `wsrep_local_state` is Synced. */
    synced: boolean
    /** Changes that were received and wait to be applied. */
    behind: number
    /** Who belongs to the cluster, as this node knows it: changes with each node that comes or goes. */
    view: string
  }
  /** Of a member of Group Replication. */
  group?: {
    id: string
    /** undefined: the grant on `performance_schema.replication_group_members` is missing. */
    members: readonly { id: string; state: string; role: string }[] | undefined
    /** Changes that were received and wait to be applied; undefined: not known. */
    behind: number | undefined
  }
  /** Where every node takes writes: all copies of Gatelodge have to write to the same one. */
  shared?: Shared
}

export interface Shared {
  /** As the cluster names the node: the same for all copies, whatever host names they use. */
  node: string
  /** The node that the copies write to, as the table of leases says. */
  agreed: string | undefined
  /** It has applied all that the cluster had ordered until now. A cluster that lost a node a moment ago cannot say so yet. */
  isCurrent: boolean
}

/** What follows from the facts of one host. */
export interface HostStanding {
  /** `writer`: it could be the one. `secondary`: it is up to date, and takes no writes. `none`: neither. */
  role: 'writer' | 'secondary' | 'none'
  /** It says that the group has elected it, and no other. */
  isOnly: boolean
  isInCluster: boolean
  /** Who belongs to the cluster, as it knows it. A node that hung for a while still knows the view from before. */
  view?: string
  shared?: Shared
}

export function standingOf(facts: HostFacts): HostStanding {
  if (facts.galera) return ofGalera(facts.galera, facts)
  if (facts.group) return ofGroup(facts.group, facts)
  // A replica does not know how much of its source it has not received yet: it never counts as up to date.
  return { role: facts.readOnly ? 'none' : 'writer', isOnly: false, isInCluster: false }
}

function ofGalera(
  { ready, primary, synced, behind, view }: NonNullable<HostFacts['galera']>,
  { readOnly, shared }: HostFacts,
): HostStanding {
  const rest = { isOnly: false, isInCluster: true, view, ...(shared && { shared }) }
  if (!ready || !primary || !synced) return { role: 'none', ...rest }
  if (!readOnly && shared?.isCurrent) return { role: 'writer', ...rest }
  return { role: behind === 0 ? 'secondary' : 'none', ...rest }
}

function ofGroup(
  { id, members, behind }: NonNullable<HostFacts['group']>,
  { readOnly, shared }: HostFacts,
): HostStanding {
  const outside: HostStanding = { role: 'none', isOnly: false, isInCluster: true }
  if (!members) return readOnly ? outside : { ...outside, role: 'writer' }
  const view = members.map((one) => one.id).sort()
  const no = { ...outside, view: view.join() }
  const own = members.find((one) => one.id === id)
  const reachable = members.filter(({ state }) => state !== 'UNREACHABLE').length
  if (own?.state !== 'ONLINE' || reachable * 2 <= members.length) return no
  if (own.role !== 'PRIMARY') return behind === 0 ? { ...no, role: 'secondary' } : no
  if (readOnly) return no
  if (isMultiPrimary(members)) return shared?.isCurrent ? { ...no, role: 'writer', shared } : no
  // Elected a moment ago, it may not have applied all that its predecessor had committed.
  return behind === undefined || behind === 0 ? { ...no, role: 'writer', isOnly: true } : no
}

export function isMultiPrimary(members: readonly { role: string }[]): boolean {
  return members.filter(({ role }) => role === 'PRIMARY').length > 1
}

/** Of each host, in the order of the URL: undefined: no answer yet; `silent`: it gave none. */
export type Answers = readonly (HostStanding | 'silent' | undefined)[]

/**
 * Takes the primary that most hosts know of; of nodes that all take writes, the one that the copies have agreed on. Where
 * neither is there, stays with `chosen`; else takes the first.
 * @returns its place; `none`; undefined: answers that matter are still missing.
 */
export function chooseWriter(answers: Answers, chosen: number | undefined): number | 'none' | undefined {
  const standings = answers.map(answered)
  // A node that was started outside of its cluster must not be taken for a server of its own.
  const isCluster = standings.some((one) => one?.isInCluster)
  const mayBe = (at: number) => standings[at]?.role === 'writer' && standings[at].isInCluster === isCluster
  const able = standings.map((_, at) => at).filter(mayBe)
  const elected = able.filter((at) => standings[at]?.isOnly)
  const certain = elected.find((at) => isViewOfMost(answers, at))
  if (certain !== undefined) return certain
  const staying = chosen !== undefined && mayBe(chosen) ? chosen : undefined
  const agreed = standings[staying ?? able[0] ?? -1]?.shared?.agreed
  const named = able.find((at) => agreed !== undefined && standings[at]?.shared?.node === agreed)
  if (named !== undefined) return named
  if (staying !== undefined && agreed === undefined && elected.length === 0) return staying
  if (answers.includes(undefined)) return undefined
  // Most hosts of the list are gone. A primary that hung for a while may think that it is one still.
  const [best] = elected.sort((a, b) => supporters(answers, b) - supporters(answers, a))
  return best ?? staying ?? able[0] ?? 'none'
}

/** @returns the place of one that is up to date without taking writes. */
export function chooseSecondary(answers: Answers): number | undefined {
  const found = answers.findIndex((one, at) => answered(one)?.role === 'secondary' && isViewOfMost(answers, at))
  return found < 0 ? undefined : found
}

const answered = (answer: Answers[number]) => (answer === 'silent' ? undefined : answer)

function supporters(answers: Answers, at: number): number {
  const view = answered(answers[at])?.view
  return view === undefined ? 0 : answers.filter((one) => answered(one)?.view === view).length
}

const isViewOfMost = (answers: Answers, at: number) => supporters(answers, at) * 2 > answers.length
