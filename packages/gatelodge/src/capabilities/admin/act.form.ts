// The acts that the console offers, each as a form of its own, and what the browser sends of it. Made from the declared acts:
// one that stands neither here nor among those that have no form fails a test.
import { z } from 'zod'
import type { Settings } from '../../config/schema.ts'
import type { Account } from '../../identity/accounts/account.ts'
import { administratorsGroup, isAdministrator } from '../../identity/groups/names.ts'
import type { Messages } from '../../text/messages.ts'
import type { Text } from '../../text/text.ts'
import type { Act } from './act.rules.ts'
import { addAdministrator, removeAdministrator } from './administrators.rules.ts'
import { removeConnection } from './connections.rules.ts'
import { createAccount } from './create.rules.ts'
import { deleteAccount, restoreAccount } from './deletion.rules.ts'
import { resetTwoFactor } from './factors.rules.ts'
import { joinGroup, leaveGroup } from './groups.rules.ts'
import { demandNewPassword, makeResetLink } from './password.rules.ts'
import { setAddress, setName, verifyAddress } from './profile.rules.ts'
import { endSession, endSessions } from './sessions.rules.ts'
import { disableAccount, enableAccount } from './state.rules.ts'

const text = z.string().default('')

/** Of all forms; each sends its own. */
export const ActForm = z.object({
  reason: text,
  account_name: text,
  account_email: text,
  verified: text,
  group: text,
  session: text,
  connection: text,
})

export type ActFields = z.output<typeof ActForm>
export type ActField = Exclude<keyof ActFields, 'reason'>

export interface ConsoleAct {
  /** The last part of its address, and the key of its words. */
  name: keyof Messages['console']['acts']
  act: Act
  /** In this order, above the reason. */
  fields: ActField[]
  /** What the act takes. */
  input(given: ActFields): Record<string, unknown>
  /** Whether it makes sense for that account now. The act itself decides whether it is done. */
  offers(account: Account, settings: Pick<Settings, 'copyResetLinks'>): boolean
  /** It locks its owner out: the button is red. */
  isGrave?: boolean
}

const isOpen = ({ disabledAt, deletesAt }: Account) => disabledAt === null && deletesAt === null
const none = () => ({})
const never = () => false
/** Each act reads its own input. */
const any = (act: unknown) => act as Act

/** In the order in which the page of an account lists them: helping, changing, closing. */
export const actForms: ConsoleAct[] = [
  {
    ...{ name: 'send-reset-link', act: any(makeResetLink), fields: [], input: none },
    offers: isOpen,
  },
  {
    ...{ name: 'copy-reset-link', act: any(makeResetLink), fields: [], input: () => ({ shown: true }) },
    offers: (account, { copyResetLinks }) => copyResetLinks && isOpen(account) && !isAdministrator(account),
  },
  {
    ...{ name: 'demand-new-password', act: any(demandNewPassword), fields: [], input: none },
    offers: (account) => isOpen(account) && account.passwordChangedAt !== null,
  },
  {
    ...{ name: 'verify-address', act: any(verifyAddress), fields: [], input: none },
    offers: ({ verifiedAt }) => verifiedAt === null,
  },
  {
    ...{ name: 'reset-two-factor', act: any(resetTwoFactor), fields: [], input: none, isGrave: true },
    offers: (account) => account.hasSecondFactor && !isAdministrator(account),
  },
  { ...{ name: 'end-sessions', act: any(endSessions), fields: [], input: none }, offers: isOpen },
  // From the list of devices.
  {
    ...{ name: 'end-session', act: any(endSession), fields: ['session'] },
    ...{ input: ({ session }) => ({ session }), offers: never },
  },
  // From the list of ways in.
  {
    ...{ name: 'remove-connection', act: any(removeConnection), fields: ['connection'] },
    ...{ input: ({ connection }) => ({ connection }), offers: never },
  },
  {
    ...{ name: 'set-name', act: any(setName), fields: ['account_name'] },
    ...{ input: ({ account_name }) => ({ name: account_name }), offers: () => true },
  },
  {
    ...{ name: 'set-address', act: any(setAddress), fields: ['account_email', 'verified'] },
    input: ({ account_email, verified }) => ({ email: account_email, verified: verified === 'yes' }),
    offers: (account) => !isAdministrator(account),
  },
  {
    ...{ name: 'join-group', act: any(joinGroup), fields: ['group'], input: ({ group }) => ({ group }) },
    offers: () => true,
  },
  {
    ...{ name: 'leave-group', act: any(leaveGroup), fields: ['group'], input: ({ group }) => ({ group }) },
    offers: ({ groups }) => groups.some((name) => name !== administratorsGroup),
  },
  {
    ...{ name: 'add-administrator', act: any(addAdministrator), fields: [], input: none },
    offers: (account) => isOpen(account) && !isAdministrator(account),
  },
  {
    ...{ name: 'remove-administrator', act: any(removeAdministrator), fields: [], input: none, isGrave: true },
    offers: isAdministrator,
  },
  {
    ...{ name: 'disable-account', act: any(disableAccount), fields: [], input: none, isGrave: true },
    offers: ({ disabledAt }) => disabledAt === null,
  },
  {
    ...{ name: 'enable-account', act: any(enableAccount), fields: [], input: none },
    offers: ({ disabledAt }) => disabledAt !== null,
  },
  {
    ...{ name: 'delete-account', act: any(deleteAccount), fields: [], input: none, isGrave: true },
    offers: ({ deletesAt }) => deletesAt === null,
  },
  {
    ...{ name: 'restore-account', act: any(restoreAccount), fields: [], input: none },
    offers: ({ deletesAt, disabledAt }) => deletesAt !== null && disabledAt === null,
  },
]

/** It is done to no account that is there already. */
export const newAccountForm: ConsoleAct = {
  ...{ name: 'create-account', act: any(createAccount), fields: ['account_name', 'account_email', 'verified'] },
  input: ({ account_name, account_email, verified }) => ({
    ...{ name: account_name, email: account_email, verified: verified === 'yes' },
  }),
  offers: never,
}

export function wordsOf(text: Text, { name }: Pick<ConsoleAct, 'name'>) {
  return text.console.acts[name]
}
