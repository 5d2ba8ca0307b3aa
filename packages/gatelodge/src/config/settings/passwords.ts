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
        'The minimum length of a new password, in characters (Unicode code points). NIST SP 800-63B-4 asks for 15 where a password is ' +
        'the only factor; 8 is the minimum of OWASP ASVS and what people expect.',
      example: '15',
    }),
  breachCheckUrl: rangeAddress.optional().meta({
    description:
      'A server that is asked whether a new password was in a known data breach. It must support the range protocol of "Pwned ' +
      'Passwords": it receives five characters of a SHA-1 hash, never the password. If it does not answer within a second, the ' +
      'password is accepted and the log says so. Default: no server is asked. The built-in list is always checked.',
    example: 'https://api.pwnedpasswords.com/range/',
  }),
  hashMemory: bytes(7 * 1024 ** 2, 1024 ** 3)
    .default(19 * 1024 ** 2)
    .meta({
      description:
        'Memory for one argon2id password hash. The default, with two passes, is what OWASP recommends. Older hashes are replaced when ' +
        'their owners log in.',
      example: '46MiB',
    }),
  hashPasses: wholeNumber(1, 20).default(2).meta({
    description: 'The number of passes over that memory.',
    example: '1',
  }),
  hashParallel: wholeNumber(1, 64)
    .default(Math.max(1, availableParallelism() - 1))
    .meta({
      description:
        'How many passwords are hashed at the same time. Default: one fewer than there are processor cores, so that pages stay fast ' +
        'while many people log in.',
      defaultText: 'cores - 1',
      example: '2',
    }),
  hashQueue: wholeNumber(0, 10_000)
    .default(200)
    .meta({
      description:
        'How many more passwords may wait to be hashed. If the queue is full, people are asked immediately to try again in a moment ' +
        '(503).',
      example: '50',
    }),
  hashWait: duration(seconds(0.1), seconds(60)).default(seconds(10)).meta({
    description: 'How long a password may wait to be hashed. After that, people get the same answer.',
    example: '5s',
  }),
}
