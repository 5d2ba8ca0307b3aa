// Several hosts behind one pair of lanes: every connection is one to the writer. Which host that is, is asked when the first
// connection is wanted, and again when one was lost or its server refused to write; one search at a time.
import { type Milliseconds, seconds } from '../time.ts'
import type { HostRole, HostState } from './driver.ts'
import { refusesUs } from './faults.ts'
import type { LimitedConnection } from './mysql-connection.ts'
import type { Lanes } from './mysql-pool.ts'
import { Unavailable } from './unavailable.ts'
import { chooseSecondary, chooseWriter, type HostFacts, type HostStanding, standingOf } from './writer.ts'

export interface Host {
  /** With its port. */
  name: string
  lanes: Lanes
  /** @throws where it does not answer. */
  probe(): Promise<HostFacts>
  /** It was found to be well: its breaker need not wait. */
  isWell(): void
}

export interface Hosts extends Lanes {
  /** The connection that was lost was of this host. */
  doubt(host: string): void
  /** A connection to read from once the writer was lost: to the new one, or to a secondary, which may lack the newest rows. */
  elsewhere(): Promise<{ connection: LimitedConnection; isWriter: boolean } | undefined>
  states(): HostState[]
}

/** While no host is the writer, so often they are asked. */
const searchEvery: Milliseconds = seconds(0.5)
/** Where every node takes writes, the copies of Gatelodge agree on one: so often each looks which that is. */
const agreeEvery: Milliseconds = seconds(5)

/** @param onChange called for each new writer, and once when there is none. */
export function hostsOf(hosts: readonly Host[], onChange: (states: HostState[]) => void): Hosts {
  let writer: number | undefined
  /** The newest answer of each, also of those that come after it was decided. */
  const answers: Answer[] = hosts.map(() => undefined)
  const errors: unknown[] = hosts.map(() => undefined)
  let searching: Promise<void> | undefined
  let searchedAt = Number.NEGATIVE_INFINITY
  /** Nobody gets a connection before the search has ended. */
  let isInDoubt = true
  let wasTold = false
  let claimedAt = Number.NEGATIVE_INFINITY

  function search(): Promise<void> {
    searching ??= ask().then((choice) => {
      searching = undefined
      searchedAt = performance.now()
      settle(choice)
    })
    return searching
  }

  /** Ends with the first answers that decide it. */
  function ask(): Promise<number | 'none'> {
    const given: Answer[] = hosts.map(() => undefined)
    return new Promise((resolve) => {
      const answered = (at: number, answer: Answer, error?: unknown) => {
        given[at] = answer
        answers[at] = answer
        errors[at] = error
        const choice = chooseWriter(given, writer)
        if (choice !== undefined) resolve(choice)
      }
      for (const [at, host] of hosts.entries()) {
        host.probe().then(
          (facts) => answered(at, standingOf(facts)),
          (error) => answered(at, 'silent', error),
        )
      }
    })
  }

  function settle(choice: number | 'none') {
    const next = choice === 'none' ? undefined : choice
    // Only looked whether the others agree: nothing was wrong with it.
    if (!isInDoubt && writer !== undefined && (next === undefined || answers[writer] === 'silent')) return
    const isNews = next !== writer || !wasTold
    isInDoubt = false
    wasTold = true
    writer = next
    if (next !== undefined) {
      hosts[next]?.isWell()
      void claim(next)
    }
    if (isNews) onChange(states())
  }

  /** Tells the other copies, through a row that all of them read. Best effort: a later search does it again. */
  async function claim(at: number) {
    const answer = answers[at]
    const shared = typeof answer === 'object' ? answer.shared : undefined
    // A row that cannot be written now must not make one search follow the other.
    const isSoon = performance.now() - claimedAt < agreeEvery
    if (!shared || shared.agreed === shared.node || isSoon) return
    claimedAt = performance.now()
    try {
      const connection = await hosts[at]?.lanes.take('write')
      await connection?.send(claiming, [shared.node, shared.node]).finally(() => connection.release())
    } catch {}
  }

  async function current(): Promise<number> {
    if (isInDoubt) await search()
    const isLate = (after: Milliseconds) => performance.now() - searchedAt >= after
    if (writer === undefined) {
      if (isLate(searchEvery)) void search()
      throw new Unavailable('no host of the database takes writes', { cause: whyOf(errors) })
    }
    const answer = answers[writer]
    if (typeof answer === 'object' && answer.shared && isLate(agreeEvery)) void search()
    return writer
  }

  function states(): HostState[] {
    return hosts.map(({ name }, at) => {
      const error = codeOf(errors[at])
      return { host: name, role: at === writer ? 'writer' : roleOf(answers[at]), ...(error && { error }) }
    })
  }

  return {
    isAway: () => (writer === undefined ? !isInDoubt : (hosts[writer]?.lanes.isAway() ?? false)),
    async take(lane) {
      const at = await current()
      try {
        return await (hosts[at] as Host).lanes.take(lane)
      } catch (error) {
        // Nothing was sent yet: where another host is the writer by now, nobody notices.
        const next = await current()
        if (next === at) throw error
        return (hosts[next] as Host).lanes.take(lane)
      }
    },
    doubt(host) {
      if (writer === undefined || hosts[writer]?.name !== host) return
      isInDoubt = true
      void search()
    },
    async elsewhere() {
      if (isInDoubt) await search()
      const at = writer ?? chooseSecondary(answers)
      if (at === undefined) return undefined
      const connection = await (hosts[at] as Host).lanes.take('read')
      return { connection, isWriter: at === writer }
    },
    states,
  }
}

const claiming = `insert into gatelodge_leases (name, owner, expires_at) values ('writer', ?, 0)
  on duplicate key update owner = ?`

type Answer = HostStanding | 'silent' | undefined

/** What all of them refuse waits for a person; a host that is only away may come back as the writer. */
function whyOf(errors: unknown[]): unknown {
  return errors.find((error) => !error || !refusesUs(error)) ?? errors[0]
}

function codeOf(error: unknown): string | undefined {
  return error === undefined ? undefined : ((error as { code?: string }).code ?? 'unknown')
}

function roleOf(answer: Answer): HostRole {
  if (answer === undefined) return 'unknown'
  if (answer === 'silent') return 'away'
  return answer.role === 'writer' ? 'standby' : answer.role === 'none' ? 'unfit' : 'secondary'
}
