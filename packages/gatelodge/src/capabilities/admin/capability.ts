import { paths } from '../../paths.ts'
import type { Capability } from '../capability.ts'
import {
  adminDeleteAccount,
  adminDisableAccount,
  adminEnableAccount,
  adminRequireNewPassword,
  adminRestoreAccount,
  adminSendResetLink,
  adminVerifyAddress,
} from './account-acts.api.ts'
import { accountRow } from './account-row.tsx'
import { adminCreateAccount, adminGetAccount, adminListAccounts, adminUpdateAccount } from './accounts.api.ts'
import { accounts } from './accounts.routes.tsx'
import { ActForm } from './act.form.ts'
import { accountActs, newAccount } from './act.routes.tsx'
import { adminListRecords } from './audit.api.ts'
import { BulkForm } from './bulk.form.ts'
import { bulk } from './bulk.routes.tsx'
import { purgeBulkActs } from './bulk.rules.ts'
import { runBulkActs } from './bulk-run.rules.ts'
import { adminListConnections, adminRemoveConnection } from './connections.api.ts'
import { download } from './download.routes.tsx'
import { emailQueue } from './email-queue.routes.tsx'
import { emails } from './emails.ts'
import { events } from './events.ts'
import {
  adminAddToGroup,
  adminCreateGroup,
  adminDeleteGroup,
  adminDescribeGroup,
  adminListGroups,
  adminRemoveFromGroup,
} from './groups.api.ts'
import { GroupForm } from './groups.form.ts'
import { groups } from './groups.routes.tsx'
import { imports } from './imports.routes.tsx'
import { purgeImports } from './imports.rules.ts'
import { KeyForm, KeyNameForm } from './key.form.ts'
import { keys } from './keys.routes.tsx'
import { administratorLink } from './link.routes.tsx'
import { overview } from './overview.routes.tsx'
import { adminListSessions, adminRevokeSession, adminRevokeSessions } from './sessions.api.ts'
import { settingsPage } from './settings.routes.tsx'
import { siteActivity } from './site-activity.routes.tsx'

/** Below /api/v1/admin, for programs with a key. */
const operations = [
  ...[adminListAccounts, adminGetAccount, adminCreateAccount, adminUpdateAccount],
  ...[
    adminDisableAccount,
    adminEnableAccount,
    adminDeleteAccount,
    adminRestoreAccount,
    adminVerifyAddress,
    adminRequireNewPassword,
    adminSendResetLink,
  ],
  ...[adminListSessions, adminRevokeSession, adminRevokeSessions],
  ...[adminListConnections, adminRemoveConnection],
  ...[adminListGroups, adminCreateGroup, adminDescribeGroup, adminDeleteGroup, adminAddToGroup, adminRemoveFromGroup],
  ...[adminListRecords],
]

export const admin: Capability = {
  name: 'admin',
  // A new account stands before the address of any, and what belongs to one before its acts.
  routes: [
    administratorLink,
    overview,
    newAccount,
    bulk,
    download,
    accounts,
    accountActs,
    emailQueue,
    siteActivity,
    settingsPage,
    groups,
    keys,
    imports,
  ],
  operations,
  forms: {
    'act of an administrator': ActForm,
    'act on several accounts': BulkForm,
    group: GroupForm,
    'API key, new': KeyForm,
    'API key, revoked': KeyNameForm,
  },
  events,
  work: (services) => runBulkActs(services, () => true),
  purge: async (services) => (await purgeBulkActs(services)) + (await purgeImports(services)),
  emails,
  accountRows: [accountRow],
  consolePages: [
    { place: 10, path: paths.console, label: ({ console }) => console.overview.title },
    { place: 20, path: paths.consoleAccounts, label: ({ console }) => console.accounts.title },
    { place: 30, path: paths.consoleGroups, label: ({ console }) => console.groups.title },
    { place: 50, path: paths.consoleActivity, label: ({ console }) => console.activity.title },
    { place: 60, path: paths.consoleEmails, label: ({ console }) => console.emails.title },
    { place: 65, path: paths.consoleImports, label: ({ console }) => console.imports.title },
    { place: 70, path: paths.consoleSettings, label: ({ console }) => console.settings.title },
    { place: 80, path: paths.consoleKeys, label: ({ console }) => console.keys.title },
  ],
}
