// `gatelodge account create ADDRESS NAME`
import { stringify } from 'uuid'
import { type Created, createAccount } from '../capabilities/admin/create.rules.ts'
import { askedBy } from './acts.ts'
import { passwordFrom, passwordOptions, withReason } from './ask.ts'
import { asJson, printJson } from './output.ts'
import type { Verb } from './verbs.ts'

export const createVerb: Verb = {
  words: 'ADDRESS NAME',
  summary: 'create an account; without a password its owner sets one with a link',
  options: [
    { name: 'verified', about: 'the address is known to belong to the user' },
    ...passwordOptions,
    withReason,
    asJson,
  ],
  async run({ services, words: [email = '', name = ''], options }) {
    const isGiven = options['password-file'] !== undefined || options['generate-password'] !== undefined
    const given = isGiven ? await passwordFrom(options) : undefined
    const input = { email, name, password: given?.password, verified: options.verified !== undefined }
    const outcome = await createAccount.run(services, askedBy({ options }), Buffer.alloc(16), input)
    if (outcome.kind !== 'done') {
      console.error(whyNot(outcome))
      return 1
    }
    const made = given?.isMade ? { password: given.password } : {}
    if (options.json !== undefined) printJson({ id: stringify(outcome.id), email, ...made })
    else console.log([`${email} has the account ${stringify(outcome.id)}`, ...Object.values(made)].join('\n'))
    return 0
  },
}

function whyNot(outcome: Exclude<Created, { kind: 'done' }>): string {
  switch (outcome.kind) {
    case 'bad-name':
      return `This name cannot be used (${outcome.code}).`
    case 'bad-address':
      return 'This is not an email address.'
    case 'weak':
      return `This password cannot be used (${outcome.code}).`
    case 'taken':
      return 'Another account has this address.'
    case 'reserved':
      return 'The owner of this address can still take it back.'
  }
}
