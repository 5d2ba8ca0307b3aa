// What an attack is, and how it ends.
import type { Target } from './target.ts'

export interface Attack {
  /** What `--only` finds it by. */
  name: string
  /** The requirements of OWASP ASVS 5.0 that it tries. */
  asvs: string
  /** The request, in short. */
  sent: string
  /** What a safe server answers. */
  expected: string
  /** Reads emails, at /dev/mailbox: where none are shown there, it cannot be tried. */
  needsEmails?: true
  run(target: Target): Promise<Verdict>
}

export interface Verdict {
  isSafe: boolean
  /** What really came back. */
  came: string
}

/** Thrown where an attack cannot be tried here: it has shown nothing, neither good nor bad. */
export class NotTried extends Error {}

/** @param isSafe what must hold of the answer. */
export function verdict(isSafe: boolean, came: string): Verdict {
  return { isSafe, came }
}

/** Several requests that try the same: the first that gets through decides. If none does, each answer is listed once. */
export async function eachOf<T>(tries: readonly T[], attempt: (one: T) => Promise<Verdict>): Promise<Verdict> {
  const came = new Set<string>()
  for (const one of tries) {
    const { isSafe, came: answer } = await attempt(one)
    if (!isSafe) return { isSafe, came: `${answer} (${spoken(one)})` }
    came.add(answer)
  }
  return verdict(true, [...came].join(', '))
}

function spoken(one: unknown): string {
  const text = typeof one === 'string' ? one : JSON.stringify(one)
  // Sessions of throw-away people, but nobody should get used to seeing one.
  return text.replace(/(gatelodge|password)=[^"&;]+/g, '$1=…').slice(0, 60)
}
