// What a look found: one line, and where something is wrong, what to do.
import type { Settings } from '../../config/schema.ts'
import { type Milliseconds, seconds } from '../../time.ts'
import type { Call } from '../command.ts'

export interface DoctorFinding {
  check: string
  /** `fault`: it does not work, or is not safe. `warning`: it works, and should be looked at. */
  state: 'ok' | 'warning' | 'fault'
  says: string
  remedy?: string
}

export interface DoctorInput {
  settings: Settings
  sources: Call['loaded']['sources']
  /** The recipient whom the mail server is asked about. */
  emailTo: string | undefined
}

/** A look at one thing. Whatever it throws becomes a fault of its own. */
export interface Look {
  name: string
  look(asked: DoctorInput): Promise<DoctorFinding[]> | DoctorFinding[]
}

export const ok = (check: string, says: string): DoctorFinding => ({ check, state: 'ok', says })
export const warning = (check: string, says: string, remedy: string): DoctorFinding => ({
  check,
  state: 'warning',
  says,
  remedy,
})
export const fault = (check: string, says: string, remedy: string): DoctorFinding => ({
  check,
  state: 'fault',
  says,
  remedy,
})

/** The longest that one look takes. */
const longestLook: Milliseconds = seconds(20)

/** Never throws, and never takes longer than that. */
export async function takeLook(
  { name, look }: Look,
  asked: DoctorInput,
  longest = longestLook,
): Promise<DoctorFinding[]> {
  const late = Promise.withResolvers<DoctorFinding[]>()
  const timer = setTimeout(() => {
    const remedy = 'See whether what it asks hangs: a server that takes connections and says nothing, or a disk.'
    late.resolve([fault(name, `no answer within ${longest / seconds(1)} seconds`, remedy)])
  }, longest)
  try {
    return await Promise.race([Promise.resolve().then(() => look(asked)), late.promise])
  } catch (error) {
    return [fault(name, `could not be looked at: ${wordsOf(error)}`, 'The words behind the colon say why.')]
  } finally {
    clearTimeout(timer)
  }
}

/** Of an error and of what caused it. */
export function wordsOf(error: unknown): string {
  const { message, code, cause } = error as Error & { code?: string }
  const own = [code, message].filter(Boolean).join(': ')
  return cause === undefined ? own : `${own}: ${wordsOf(cause)}`
}
