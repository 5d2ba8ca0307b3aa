// The functions of `gatelodge.accounts`, `gatelodge.sessions`, `gatelodge.groups` and `gatelodge.invitations`.
import { nobody } from '../capabilities/admin/acts.ts'
import { createAccount } from '../capabilities/admin/create.rules.ts'
import { deleteAccount, restoreAccount } from '../capabilities/admin/deletion.rules.ts'
import { createGroup, deleteGroup, describeGroup, joinGroup, leaveGroup } from '../capabilities/admin/groups.rules.ts'
import { demandNewPassword } from '../capabilities/admin/password.rules.ts'
import { endSession, endSessions } from '../capabilities/admin/sessions.rules.ts'
import { disableAccount, enableAccount } from '../capabilities/admin/state.rules.ts'
import { updateAccount } from '../capabilities/admin/update.rules.ts'
import { type ListedDevice, listDevices } from '../capabilities/devices/rules.ts'
import { parseAddress } from '../identity/accounts/address.ts'
import { listAccounts } from '../identity/accounts/list-storage.ts'
import { idFrom } from '../identity/ids.ts'
import type { Services } from '../services.ts'
import { deviceName } from '../text/device-name.ts'
import { invitationsOf } from './invitations.ts'
import { done, GatelodgeRefusal, keyOf, managed, needsDone, orderOf } from './managed.ts'
import type {
  AccountsInCode,
  GroupsInCode,
  ManagedGroup,
  ManagedSession,
  Management,
  SessionsInCode,
} from './managed-contract.ts'

export function createManagement(services: Services): Management {
  return {
    accounts: accountsOf(services),
    sessions: sessionsOf(services),
    groups: groupsOf(services),
    invitations: invitationsOf(services),
  }
}

const usual = 50
const most = 1_000

function accountsOf(services: Services): AccountsInCode {
  const { database, accounts } = services
  const present = async (id: Buffer) => {
    const account = await accounts.findById(database.db, id)
    if (!account) throw new GatelodgeRefusal('no-account')
    return managed(account)
  }
  return {
    async create({ emailVerified = false, createdAt, ...account }) {
      const input = { ...account, verified: emailVerified, createdAt: createdAt?.getTime() }
      const { id } = await done(services, createAccount, nobody, input)
      return present(id)
    },
    async get(id) {
      const key = idFrom(id)
      const account = key && (await accounts.findById(database.db, key))
      return account ? managed(account) : null
    },
    async findByEmail(email) {
      const address = parseAddress(email)
      const account = address && (await accounts.findByAddress(database.db, address))
      return account ? managed(account) : null
    },
    async list({ limit = usual, ...query } = {}) {
      if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new GatelodgeRefusal('bad-input', 'limit')
      const page = await listAccounts(database.db, { ...query, limit })
      if (!page) throw new GatelodgeRefusal('bad-input', 'cursor')
      return { accounts: page.accounts.map(managed), next: page.next ?? null }
    },
    async update(id, { name, email, emailVerified: verified, fields, ...because }) {
      const key = keyOf(id)
      needsDone(await updateAccount(services, orderOf(because), key, { name, email, verified, fields }))
      return present(key)
    },
    requireNewPassword: async (id, because) => void (await done(services, demandNewPassword, keyOf(id), {}, because)),
    disable: async (id, because) => void (await done(services, disableAccount, keyOf(id), {}, because)),
    enable: async (id, because) => void (await done(services, enableAccount, keyOf(id), {}, because)),
    delete: async (id, because) => void (await done(services, deleteAccount, keyOf(id), {}, because)),
    restore: async (id, because) => void (await done(services, restoreAccount, keyOf(id), {}, because)),
  }
}

/** Nobody asks from a session of their own. */
const tokenHash = Buffer.alloc(32)

function sessionsOf(services: Services): SessionsInCode {
  const { database, accounts, text } = services
  const managed = ({ id, device, clientAddress, since, lastUsed }: ListedDevice): ManagedSession => ({
    ...{ id, device: deviceName(text, device), clientAddress },
    ...{ startedAt: new Date(since), lastUsedAt: new Date(lastUsed) },
  })
  return {
    async list(accountId) {
      const account = await accounts.findById(database.db, keyOf(accountId))
      if (!account) throw new GatelodgeRefusal('no-account')
      const found: ManagedSession[] = []
      for (let before: string | undefined = ''; before !== undefined; ) {
        const page = await listDevices(services, { account, tokenHash }, { before })
        found.push(...page.devices.map(managed))
        before = page.next
      }
      return found
    },
    revoke: async (id, session, because) => void (await done(services, endSession, keyOf(id), { session }, because)),
    revokeAll: async (id, because) => void (await done(services, endSessions, keyOf(id), {}, because)),
  }
}

function groupsOf(services: Services): GroupsInCode {
  return {
    async list() {
      const found: ManagedGroup[] = []
      let after: string | undefined
      do {
        const some = await services.groups.list(after)
        found.push(...some.map(({ name, description }) => ({ name, description })))
        after = some.at(-1)?.name
      } while (after !== undefined)
      return found
    },
    create: async (group, { description, ...because } = {}) =>
      void (await done(services, createGroup, nobody, { group, description }, because)),
    describe: async (group, description, because) =>
      void (await done(services, describeGroup, nobody, { group, description }, because)),
    delete: async (group, because) => void (await done(services, deleteGroup, nobody, { group }, because)),
    add: async (id, group, because) => void (await done(services, joinGroup, keyOf(id), { group }, because)),
    remove: async (id, group, because) => void (await done(services, leaveGroup, keyOf(id), { group }, because)),
  }
}
