// The acts of administrators, as verbs of the command line.
import type { z } from 'zod'
import { type Act, longestReason } from '../capabilities/admin/act.rules.ts'
import type { Account } from '../identity/accounts/storage.ts'
import type { RequestSource } from '../identity/audit/request-source.ts'
import { isSure, withoutAsking, withReason } from './ask.ts'
import type { ExitCode, Option } from './command.ts'
import type { Verb, VerbCall } from './verbs.ts'
import { findAccount } from './whose.ts'

/** Anyone who has a shell on the server. */
export const operator: RequestSource = { clientAddress: '', device: { isCommandLine: true }, requestId: '' }

export function askedBy({ options }: Pick<VerbCall, 'options'>) {
  return { actor: 'command', reason: options.reason?.slice(0, longestReason), source: operator }
}

interface Told<Outcome> {
  summary: string
  /** Behind the address. */
  words?: string
  options?: Option[]
  /** ActOrder first, since it cannot be taken back or locks people out. */
  sure?(account: Account): string
  /** undefined: stderr has said why not. */
  input?(asking: VerbCall, account: Account): Promise<Record<string, unknown> | undefined>
  /** What to say; `failed` goes to stderr with exit code 1. */
  says(outcome: Outcome, account: Account, input: Record<string, unknown>): string | { failed: string }
}

/** Where the safety of a person is touched, the record says why. */
function withoutReason(): ExitCode {
  console.error("Say why, for the record: --reason 'asked by phone, passport seen'. Nothing was done.")
  return 2
}

/** A verb `ADDRESS` of an act on one account. */
export function actVerb<Input extends z.ZodObject, Outcome extends { kind: string }>(
  act: Act<Input, Outcome>,
  { summary, words = '', options = [], sure, input, says }: Told<Outcome>,
): Verb {
  return {
    words: `ADDRESS ${words}`.trimEnd(),
    summary,
    options: [...options, withReason, ...(sure ? [withoutAsking] : [])],
    async run(asking): Promise<ExitCode> {
      const account = await findAccount(asking, asking.words[0] ?? '')
      if (typeof account === 'number') return account
      if (act.needsReason && !asking.options.reason?.trim()) return withoutReason()
      const given = input ? await input(asking, account) : {}
      if (!given) return 2
      if (sure && !(await isSure(sure(account), asking.options))) return 1
      const outcome = await act.run(asking.services, askedBy(asking), account.id, act.input.parse(given))
      const said = outcome.kind === 'no-account' ? { failed: 'The account is gone.' } : says(outcome, account, given)
      if (typeof said === 'string') console.log(said)
      else console.error(said.failed)
      return typeof said === 'string' ? 0 : 1
    },
  }
}
