// Counts what happens, for `/metrics`. Loaded only where that is on. Nothing calls it but services.ts and server.ts: it
// watches the log, the queue of hashes, the second factors and the database, so that no handler has to count.
import type { Server } from 'node:http'
import type { Passkeys } from '../identity/passkeys/rules.ts'
import { Busy, type Queue } from '../identity/passwords/queue.ts'
import type { SecondFactors } from '../identity/second-factors/rules.ts'
import type { Log } from '../log.ts'
import { eventCounter } from './count-events.ts'
import type { LogFields } from './count-requests.ts'
import { type Sampled, sampler } from './from-database.ts'
import { createMetrics } from './registry.ts'

export interface Meter {
  /** The same log; each line counts, also one that the level of the log drops. */
  watchLog(log: Log): Log
  watchQueue(queue: Queue): Queue
  watchSecondFactors(factors: SecondFactors): SecondFactors
  watchPasskeys(passkeys: Passkeys): Passkeys
  /** @param ms with the wait for a connection. */
  onStatement(ms: number, isFailed: boolean): void
  /** Counts what is not answered yet. */
  watchServer(server: Server): void
  /** What is read from the database now and then. */
  sample(from: Sampled): void
  contentType: string
  /** All metrics, in the text format of Prometheus. */
  text(): Promise<string>
}

/** @param templates the kinds of email there are. */
export function createMeter({ version, templates }: { version: string; templates: readonly string[] }): Meter {
  const metrics = createMetrics({ template: templates })
  const { count, histogram, set } = metrics
  const hashed = histogram('gatelodge_password_hash_duration_seconds')
  const asked = {
    ok: histogram('gatelodge_database_statement_duration_seconds', { result: 'ok' }),
    failed: histogram('gatelodge_database_statement_duration_seconds', { result: 'failed' }),
  }
  const countEvent = eventCounter(metrics, templates)
  let samples: (() => Promise<void>) | undefined
  let inFlight = 0
  let hashesWaiting = 0
  set('gatelodge_build_info', 1, { version })

  const factor = (type: string, result: string) => count('gatelodge_second_factor_total', { type, result })

  return {
    watchLog(log) {
      const counted = (level: 'info' | 'warn' | 'error') => (line: LogFields, event: string) => {
        countEvent(event, line)
        log[level](line, event)
      }
      const watched = { info: counted('info'), warn: counted('warn'), error: counted('error') }
      return { debug: log.debug.bind(log), written: () => log.written(), ...watched } as unknown as Log
    },
    watchQueue: (queue) => ({
      async run(job, whose) {
        let isWaiting = true
        hashesWaiting += 1
        const leave = () => {
          if (isWaiting) hashesWaiting -= 1
          isWaiting = false
        }
        const timed = async () => {
          leave()
          const started = performance.now()
          const result = await job()
          hashed((performance.now() - started) / 1000)
          return result
        }
        try {
          return await queue.run(timed, whose)
        } catch (error) {
          if (error instanceof Busy) count('gatelodge_password_hash_refused_total')
          throw error
        } finally {
          leave()
        }
      },
    }),
    watchSecondFactors: (factors) => ({
      ...factors,
      async look(account, typed, client) {
        const found = await factors.look(account, typed, client)
        factor(typed.kind === 'app' ? 'app' : 'recovery-code', found.kind === 'right' ? 'succeeded' : 'failed')
        return found
      },
    }),
    watchPasskeys: (passkeys) => ({
      ...passkeys,
      async judgeUse(given, asking, account) {
        const judged = await passkeys.judgeUse(given, asking, account)
        const isSecond = asking.ceremony === 'second-factor' || asking.ceremony === 'reauthenticate'
        if (isSecond) factor('passkey', judged.kind === 'right' ? 'succeeded' : 'failed')
        return judged
      },
    }),
    onStatement: (ms, isFailed) => (isFailed ? asked.failed : asked.ok)(ms / 1000),
    watchServer(server) {
      server.on('request', (_, response) => {
        inFlight += 1
        response.once('close', () => {
          inFlight -= 1
        })
      })
    },
    sample(from) {
      samples = sampler(from, set)
    },
    contentType: metrics.contentType,
    async text() {
      set('gatelodge_http_requests_in_flight', inFlight)
      set('gatelodge_password_hash_queue', hashesWaiting)
      await samples?.()
      return metrics.text()
    },
  }
}
