// The acts of administrators, as verbs of the command line.
import type { z } from 'zod'
import type { Act } from '../capabilities/admin/act.rules.ts'
import { lacksReason, type NotDone, perform } from '../capabilities/admin/acts.ts'
import type { Account } from '../identity/accounts/account.ts'
import type { RequestSource } from '../identity/audit/request-source.ts'
import { isSure, withNeededReason, withoutAsking, withReason } from './ask.ts'
import type { ExitCode, Option } from './command.ts'
import type { Verb, VerbCall } from './verbs.ts'
import { findAccount } from './whose.ts'

/** Anyone who has a shell on the server. */
export const operator: RequestSource = { clientAddress: '', device: { isCommandLine: true }, requestId: '' }

export function askedBy({ options }: Pick<VerbCall, 'options'>) {
  return { actor: 'command', reason: options.reason, source: operator }
}

interface ActOfVerb<Outcome> {
  summary: string
  /** Behind the address. */
  words?: string
  options?: Option[]
  /** Asked first, because the act cannot be undone or locks people out. */
  sure?(account: Account): string
  /** undefined: stderr has said why not. */
  input?(asking: VerbCall, account: Account): Promise<Record<string, unknown> | undefined>
  /** What to say; `failed` goes to stderr with exit code 1. */
  says(outcome: Outcome, account: Account, input: Record<string, unknown>): string | { failed: string }
}

/** What was not even tried. @returns undefined for any other outcome. */
export function notDone({ kind }: { kind: string }): ExitCode | undefined {
  const why = notDoneWords[kind as NotDone['kind']]
  if (why === undefined) return undefined
  console.error(`${why} Nothing was done.`)
  return 2
}

const notDoneWords: Record<NotDone['kind'], string> = {
  'reason-needed': "Say why, for the record: --reason 'asked by phone, passport seen'.",
  'bad-input': 'This is not what the command takes.',
  'not-by-key': 'A key may not do this.',
}

/** A verb `ADDRESS` of an act on one account. */
export function actVerb<Input extends z.ZodObject, Outcome extends { kind: string }>(
  act: Act<Input, Outcome>,
  { summary, words = '', options = [], sure, input, says }: ActOfVerb<Outcome>,
): Verb {
  return {
    words: `ADDRESS ${words}`.trimEnd(),
    summary,
    options: [...options, act.needsReason ? withNeededReason : withReason, ...(sure ? [withoutAsking] : [])],
    async run(asking): Promise<ExitCode> {
      const account = await findAccount(asking, asking.words[0] ?? '')
      if (typeof account === 'number') return account
      // Before anyone is asked for a password.
      if (lacksReason(act, askedBy(asking))) return notDone({ kind: 'reason-needed' }) ?? 2
      const given = input ? await input(asking, account) : {}
      if (!given) return 2
      if (sure && !(await isSure(sure(account), asking.options))) return 1
      const outcome = await perform(act, asking.services, askedBy(asking), account.id, given as z.input<Input>)
      const code = notDone(outcome)
      if (code !== undefined) return code
      const said =
        outcome.kind === 'no-account' ? { failed: 'The account is gone.' } : says(outcome as Outcome, account, given)
      if (typeof said === 'string') console.log(said)
      else console.error(said.failed)
      return typeof said === 'string' ? 0 : 1
    },
  }
}
