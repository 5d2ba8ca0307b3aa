// API keys for tests, made as the command makes them.
import { nobody, perform } from '../../src/capabilities/admin/acts.ts'
import { createKey, revokeKey } from '../../src/capabilities/admin/keys.rules.ts'
import type { Scope } from '../../src/identity/keys/scopes.ts'
import type { Milliseconds } from '../../src/time.ts'
import type { TestApp } from './make-app.ts'
import { Program } from './program.ts'

const order = {
  actor: 'command',
  source: { clientAddress: '', device: { isCommandLine: true as const }, requestId: '' },
}
let made = 0

/** A program with a key of its own. */
export async function keyed({ services, ...app }: TestApp, scopes: readonly Scope[], life?: Milliseconds) {
  const name = `key-${Date.now()}-${made++}`
  const outcome = await perform(createKey, services, order, nobody, { name, scopes: [...scopes], life })
  if (!('text' in outcome)) throw new Error(outcome.kind)
  return { name, text: outcome.text, program: new Program({ services, ...app }, outcome.text) }
}

export async function revoke({ services }: TestApp, name: string): Promise<void> {
  await perform(revokeKey, services, order, nobody, { name })
}
