// What a command says may hold words of others: a file that it reads, an account, an answer of a server. None of it reaches the
// terminal as anything but text, whichever line of ours says it (ASVS V16.4.1).
import { printable } from '../printable.ts'

/** From now on, for the whole process. Nothing of ours writes colours by the console. */
export function guardTerminal(): void {
  for (const way of ['log', 'error', 'warn'] as const) {
    const say = console[way].bind(console)
    console[way] = (...told: unknown[]) => say(...told.map((one) => (typeof one === 'string' ? harmless(one) : one)))
  }
}

/** Line breaks and tabs are ours. */
function harmless(text: string): string {
  return text
    .split(/(\n|\t)/)
    .map((part) => (part === '\n' || part === '\t' ? part : printable(part)))
    .join('')
}
