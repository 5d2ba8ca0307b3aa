// What a password must be, and what a hash of it costs.
import { availableParallelism } from 'node:os'
import { seconds } from '../../time.ts'
import { rangeAddress } from '../addresses.ts'
import { bytes, duration, wholeNumber } from '../values.ts'

export const passwords = {
  passwordMinLength: wholeNumber(8, 64)
    .default(8)
    .meta({
      description:
        'The fewest characters (Unicode code points) a new password may have. NIST SP 800-63B-4 asks for 15 where a password is the only ' +
        'factor; 8 is the floor of OWASP ASVS and what people expect.',
      example: '15',
    }),
  breachCheckUrl: rangeAddress.optional().meta({
    description:
      'A server that is asked whether a new password was in a known breach: it speaks the range protocol of "Pwned Passwords" and gets five ' +
      'characters of a SHA-1, never the password. Where it does not answer within a second, the password is taken and the log says so. ' +
      'Default: nobody is asked; the list that comes along is always looked at.',
    example: 'https://api.pwnedpasswords.com/range/',
  }),
  hashMemory: bytes(7 * 1024 ** 2, 1024 ** 3)
    .default(19 * 1024 ** 2)
    .meta({
      description:
        'Memory for one argon2id password hash. The default, with two passes, is what OWASP recommends. Older hashes are renewed when ' +
        'their owner logs in.',
      example: '46MiB',
    }),
  hashPasses: wholeNumber(1, 20).default(2).meta({
    description: 'Passes over that memory.',
    example: '1',
  }),
  hashParallel: wholeNumber(1, 64)
    .default(Math.max(1, availableParallelism() - 1))
    .meta({
      description:
        'How many passwords are hashed at the same moment. Default: one fewer than there are processor cores, so that pages stay quick ' +
        'while many people log in.',
      defaultText: 'cores - 1',
      example: '2',
    }),
  hashQueue: wholeNumber(0, 10_000).default(200).meta({
    description:
      'How many more may wait for their turn. Beyond it people are asked at once to try again in a moment (503).',
    example: '50',
  }),
  hashWait: duration(seconds(0.1), seconds(60)).default(seconds(10)).meta({
    description: 'How long one of them may wait before it is asked the same.',
    example: '5s',
  }),
}
