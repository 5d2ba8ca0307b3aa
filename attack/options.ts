// What to attack, and with what.
import { parseArgs } from 'node:util'

export interface Options {
  base: URL
  /** Part of a name; all attacks run where none is given. */
  only: string | undefined
  isWithoutGuessing: boolean
  /** What opens the emails of development. */
  mailboxKey: string | undefined
  /** Makes invitations. */
  inviteCommand: string | undefined
}

export const usage = `npm run attack -- http://localhost:3000

Attacks a running Gatelodge from outside and prints what got through.

  URL                 its base URL, as its own pages know it: forms are taken from there only
  --only NAME         only the attacks whose name holds NAME
  --mailbox-key KEY   what opens /dev/mailbox: it stands in the link that the site printed when it started
  --invite-command 'gatelodge invite'
                      how its operator invites people, run in a shell
  --without-guessing  leave out the guesses that make this client address wait
  --list              name all attacks, with what they send and expect
  --help              this text

Exit code 0: nothing got through. 1: something did. 2: it could not be tried.
Attacks with links from emails need a site in development on this machine, and its key; elsewhere each says that it was not tried.`

const withValue = ['--only', '--mailbox-key', '--invite-command']

/** A flag and its value as one word: one key of the mailbox in sixty begins with `-`, and would be taken for a flag. */
function joined(word: string, at: number, all: string[]): string[] {
  if (withValue.includes(all[at - 1] ?? '')) return []
  const value = all[at + 1]
  return [withValue.includes(word) && value !== undefined ? `${word}=${value}` : word]
}

/** @returns a word instead where there is nothing to attack. @throws {Error} a sentence, where the words make no sense. */
export function readOptions(words: string[]): Options | 'help' | 'list' {
  const { values, positionals } = parseArgs({
    args: words.flatMap(joined),
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      'mailbox-key': { type: 'string' },
      'invite-command': { type: 'string' },
      'without-guessing': { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return 'help'
  if (values.list) return 'list'
  const [url = '', ...more] = positionals
  if (more.length > 0) throw new Error(`One URL at a time: ${positionals.join(' ')} was given.`)
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new Error('Name the site: npm run attack -- http://localhost:3000')
  return {
    base: new URL(new URL(url).origin),
    only: values.only,
    isWithoutGuessing: values['without-guessing'],
    mailboxKey: values['mailbox-key'],
    inviteCommand: values['invite-command'],
  }
}
