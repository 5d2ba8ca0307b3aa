// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface PasswordsOptions {
  /**
   * The minimum length of a new password, in characters (Unicode code points). NIST SP 800-63B-4 asks for 15 where a password is the only factor; 8 is the minimum of OWASP ASVS and what people expect.
   *
   * A whole number from 8 to 64.
   * @default 8
   * @example 15
   */
  passwordMinLength?: SettingsInput['passwordMinLength'] | undefined
  /**
   * A server that is asked whether a new password was in a known data breach. It must support the range protocol of "Pwned Passwords": it receives five characters of a SHA-1 hash, never the password. If it does not answer within a second, the password is accepted and the log says so. Default: no server is asked. The built-in list is always checked.
   *
   * An https address.
   * @example https://api.pwnedpasswords.com/range/
   */
  breachCheckUrl?: SettingsInput['breachCheckUrl'] | undefined
  /**
   * Memory for one argon2id password hash. The default, with two passes, is what OWASP recommends. Older hashes are replaced when their owners log in.
   *
   * A size such as `512B`, `64KiB` or `19MiB`; a number means bytes.
   * @default 19MiB
   * @example 46MiB
   */
  hashMemory?: SettingsInput['hashMemory'] | undefined
  /**
   * The number of passes over that memory.
   *
   * A whole number from 1 to 20.
   * @default 2
   * @example 1
   */
  hashPasses?: SettingsInput['hashPasses'] | undefined
  /**
   * How many passwords are hashed at the same time. Default: one fewer than there are processor cores, so that pages stay fast while many people log in.
   *
   * A whole number from 1 to 64.
   * @default cores - 1
   * @example 2
   */
  hashParallel?: SettingsInput['hashParallel'] | undefined
  /**
   * How many more passwords may wait to be hashed. If the queue is full, people are asked immediately to try again in a moment (503).
   *
   * A whole number from 0 to 10000.
   * @default 200
   * @example 50
   */
  hashQueue?: SettingsInput['hashQueue'] | undefined
  /**
   * How long a password may wait to be hashed. After that, people get the same answer.
   *
   * A duration such as `90s`, `15m`, `12h` or `30d`; a number means milliseconds.
   * @default 10s
   * @example 5s
   */
  hashWait?: SettingsInput['hashWait'] | undefined
}
