// `gatelodge account create ADDRESS NAME`
import { readFileSync } from 'node:fs'
import { stringify } from 'uuid'
import { nobody, perform } from '../capabilities/admin/acts.ts'
import { type Created, createAccount } from '../capabilities/admin/create.rules.ts'
import { askedBy, notDone } from './acts.ts'
import { passwordFrom, passwordOptions, withReason } from './ask.ts'
import { asJson, printJson } from './output.ts'
import type { Verb, VerbCall } from './verbs.ts'

export const createVerb: Verb = {
  words: 'ADDRESS NAME',
  summary: 'create an account; without a password its owner sets one with a link',
  options: [
    { name: 'verified', about: 'the address is known to belong to the user' },
    { name: 'group', value: 'GROUP', isRepeated: true, about: 'a group to be in; may be repeated' },
    { name: 'field', value: 'NAME=VALUE', isRepeated: true, about: 'a registration field; may be repeated' },
    { name: 'created-at', value: 'TIME', about: 'when it was made elsewhere, such as 2020-05-31T12:00:00Z' },
    ...passwordOptions,
    { name: 'password-hash-file', value: 'FILE', about: 'read a hash of another system; - is the standard input' },
    withReason,
    asJson,
  ],
  async run({ services, words: [email = '', name = ''], options }) {
    const input = await inputFrom(options)
    if (!input) return 2
    const { isMade, ...given } = input
    const outcome = await perform(createAccount, services, askedBy({ options }), nobody, { ...given, email, name })
    const code = notDone(outcome)
    if (code !== undefined) return code
    if (outcome.kind !== 'done') {
      console.error(whyNot(outcome as Refused))
      return 1
    }
    const made = isMade ? { password: given.password } : {}
    if (options.json !== undefined) printJson({ id: stringify(outcome.id), email, ...made })
    else console.log([`${email} has the account ${stringify(outcome.id)}`, ...Object.values(made)].join('\n'))
    return 0
  },
}

/** @returns undefined where it cannot be read: stderr has said why. */
async function inputFrom(options: VerbCall['options']) {
  const lines = (text = '') => text.split('\n').filter(Boolean)
  const fields = lines(options.field).map((line) => line.split(/=(.*)/s).slice(0, 2))
  if (fields.some(([name, value]) => !name || value === undefined)) return refused('--field is NAME=VALUE.')
  const at = options['created-at']
  const isTime = at === undefined || /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(at)
  const createdAt = at === undefined ? undefined : Date.parse(at)
  if (!isTime || Number.isNaN(createdAt) || (createdAt ?? 0) < 0)
    return refused('--created-at is a date such as 2020-05-31, or a time such as 2020-05-31T12:00:00Z.')
  const isGiven = options['password-file'] !== undefined || options['generate-password'] !== undefined
  const password = isGiven ? await passwordFrom(options) : undefined
  const file = options['password-hash-file']
  return {
    ...{ verified: options.verified !== undefined, groups: lines(options.group), createdAt },
    fields: Object.fromEntries(fields.map(([name = '', value = '']) => [name, value])),
    ...{ password: password?.password, isMade: password?.isMade ?? false },
    passwordHash: file === undefined ? undefined : readFileSync(file === '-' ? 0 : file, 'utf8').trim(),
  }
}

function refused(why: string): undefined {
  console.error(why)
}

type Refused = Exclude<Created, { kind: 'done' }>

function whyNot(outcome: Refused): string {
  switch (outcome.kind) {
    case 'bad-name':
      return `This name cannot be used (${outcome.code}).`
    case 'bad-address':
      return 'This is not an email address.'
    case 'bad-field':
      return `The field ${outcome.field} cannot be used (${outcome.code}).`
    case 'in-the-future':
      return 'The time of --created-at has not come yet.'
    case 'two-passwords':
      return 'Give a password or a hash, not both.'
    case 'bad-hash':
      return `This hash cannot be used (${outcome.code}).`
    case 'weak':
      return `This password cannot be used (${outcome.code}).`
    case 'no-group':
      return `There is no group ${outcome.group}.`
    case 'too-many-groups':
      return 'These are too many groups.'
    case 'taken':
      return 'Another account has this address.'
    case 'reserved':
      return 'The owner of this address can still take it back.'
  }
}
