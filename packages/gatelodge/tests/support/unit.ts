// The systemd unit as data: tests compare it with the code, and run the product under what it forbids.
import { document } from './documents.ts'

const text = document('packaging/systemd/gatelodge.service')

/** All values of a directive, in their order. */
export const directives = (name: string): string[] =>
  text.split('\n').flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : []))

export function directive(name: string): string {
  const [value, ...more] = directives(name)
  if (value === undefined || more.length > 0)
    throw new Error(`the unit has ${name} ${more.length + 1} times, or not at all`)
  return value
}

/** What `Environment=` sets. */
export const environmentOfUnit = Object.fromEntries(
  directives('Environment').map((one) => one.split('=') as [string, string]),
)
