// What may be chosen as a password: one judgement, wherever one is chosen. Logging in is never judged.
import type { Settings } from '../../config/schema.ts'
import type { Log } from '../../log.ts'
import { isBreached } from './breaches.ts'
import { openFilter } from './common-passwords.ts'
import { judgeLength, type LengthRefusal } from './length.ts'
import { isPersonal, type Owner, ownersWords, siteWords } from './personal.ts'
import { isSequence } from './sequences.ts'

export type PasswordRefusal = LengthRefusal | 'sequence' | 'personal' | 'common' | 'breached'

export interface PasswordPolicy {
  /**
   * May ask a server elsewhere, for a second at most: never call it within a transaction.
   * @param owner what is known of the person; leave empty what was not right.
   */
  judge(password: string, owner: Owner): Promise<PasswordRefusal | undefined>
}

export function createPasswordPolicy(settings: Settings, log: Pick<Log, 'warn'>): PasswordPolicy {
  let ofTheSite: Set<string> | undefined
  // Read at the start, so that an installation without the list fails there and not at someone's registration.
  const common = openFilter()
  return {
    async judge(password, owner) {
      // First the checks with the most precise message; last the one that asks another server, so that it is asked least.
      const refusal = judgeLength(password, settings)
      if (refusal) return refusal
      if (isSequence(password)) return 'sequence'
      // Made with the first password: folding characters costs a start more than reading the list does.
      ofTheSite ??= siteWords(settings)
      if (isPersonal(password, [...ofTheSite, ...ownersWords(owner)])) return 'personal'
      if (common.has(password)) return 'common'
      const { breachCheckUrl } = settings
      return breachCheckUrl && (await isBreached(password, breachCheckUrl, log)) ? 'breached' : undefined
    },
  }
}
