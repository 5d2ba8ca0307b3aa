// `gatelodge connection`: by which providers someone logs in.
import { stringify } from 'uuid'
import { removeConnection } from '../capabilities/admin/connections.rules.ts'
import type { Account } from '../identity/accounts/account.ts'
import { idFrom } from '../identity/ids.ts'
import { actVerb } from './acts.ts'
import type { Call } from './command.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import { runVerb } from './run-verb.ts'
import type { VerbCall, Verbs } from './verbs.ts'
import { findAccount } from './whose.ts'

const connectionsOf = ({ services: { connections, database } }: Pick<VerbCall, 'services'>, { id }: Account) =>
  connections.rows.ofAccount(database.db, id)

export const verbs: Verbs = {
  list: {
    words: 'ADDRESS',
    summary: 'list the accounts of providers that the account is connected with',
    options: [asJson],
    async run(asked) {
      const account = await findAccount(asked, asked.words[0] ?? '')
      if (typeof account === 'number') return account
      const all = (await connectionsOf(asked, account)).map((one) => ({ ...one, id: stringify(one.id) }))
      if (asked.options.json !== undefined)
        printJson(
          all.map(({ id, provider, email, createdAt, lastUsedAt }) => ({
            ...{ id, provider, email, added_at: iso(createdAt), last_used_at: iso(lastUsedAt) },
          })),
        )
      else if (all.length === 0) console.log(`${account.email} is connected with no provider.`)
      else {
        const rows = all.map((one) => [
          ...[one.id, one.provider, one.email, moment(one.createdAt), moment(one.lastUsedAt)],
        ])
        console.log(table([['ID', 'PROVIDER', 'ADDRESS THERE', 'CONNECTED', 'LAST USED'], ...rows]))
      }
      return 0
    },
  },
  remove: actVerb(removeConnection, {
    summary: 'disconnect a provider from an account; all devices are logged out',
    words: 'PROVIDER|ID',
    sure: ({ email }) => `Take this way to log in from ${email}?`,
    async input(asked, account) {
      const [, named = ''] = asked.words
      if (idFrom(named)) return { connection: named }
      const those = (await connectionsOf(asked, account)).filter(({ provider }) => provider === named)
      if (those.length < 2) return { connection: those[0] ? stringify(those[0].id) : '' }
      console.error(`${account.email} is connected with ${named} ${those.length} times. Name one by its id:`)
      for (const { id, email } of those) console.error(`  ${stringify(id)}  ${email ?? ''}`)
      return undefined
    },
    says(outcome, { email }) {
      if (outcome.kind === 'no-connection')
        return { failed: `${email} has no such connection. Use: gatelodge connection list ${email}` }
      if (outcome.kind === 'last-way-in')
        return {
          failed: `This is the only way to log in to ${email}. Send a link for a password first: gatelodge account reset-link ${email}`,
        }
      return `${email} can no longer log in by it.`
    },
  }),
}

export const run = (call: Call) => runVerb('connection', verbs, call)
