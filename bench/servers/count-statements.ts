// Loaded into the product before it starts (node --import): counts what reaches node:sqlite, and prints it on request.
import { StatementSync } from 'node:sqlite'

let statements = 0

for (const verb of ['all', 'get', 'run', 'iterate'] as const) {
  const original = StatementSync.prototype[verb] as (...values: unknown[]) => unknown
  Object.assign(StatementSync.prototype, {
    [verb](this: StatementSync, ...values: unknown[]) {
      statements += 1
      return original.apply(this, values)
    },
  })
}

process.on('message', () => process.send?.(statements))
// Asking must not keep the product alive.
process.channel?.unref()
