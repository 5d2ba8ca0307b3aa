// Configuration in, one plain object out: the only place that wires.

import { makeFolderOfDatabase } from './config/data-folder.ts'
import { inMemory } from './config/database-place.ts'
import type { SettingSource } from './config/load.ts'
import type { SettingName, Settings } from './config/schema.ts'
import { mailboxKeyOf, secretsOf } from './config/secret.ts'
import { connectDatabase, type Database } from './database/connect.ts'
import type { HostState } from './database/driver.ts'
import { prepareDatabase, type Readiness } from './database/readiness.ts'
import { createDelivery, type Delivery } from './email/delivery.ts'
import { createEmails, type Emails } from './email/queue.ts'
import { connectSmtp } from './email/smtp.ts'
import type { EmailTemplates } from './email/template.ts'
import type { Hooks } from './hooks/hooks.ts'
import { createHooks, type HookRunner } from './hooks/runner.ts'
import { createSlots, type FilledSlots, type Slots } from './hooks/slots.ts'
import { accounts } from './identity/accounts/storage.ts'
import { type Attempts, createAttempts } from './identity/attempts/rules.ts'
import { type Audit, createAudit } from './identity/audit/rules.ts'
import { createConnections, type ProviderConnections } from './identity/connections/rules.ts'
import { createGroups, type Groups } from './identity/groups/rules.ts'
import { createIdentityTokens, type IdentityTokens } from './identity/identity-token.ts'
import { type ApiKeys, createApiKeys } from './identity/keys/rules.ts'
import { createLoginsUnderWay, type LoginsUnderWay } from './identity/logins/rules.ts'
import { createPasskeys, type Passkeys } from './identity/passkeys/rules.ts'
import type { PasswordVerifier } from './identity/passwords/foreign/verify.ts'
import { createForeignFormats, type ForeignFormats } from './identity/passwords/foreign-formats.ts'
import { createHashing, type Hashing } from './identity/passwords/hashing.ts'
import { createPasswordPolicy, type PasswordPolicy } from './identity/passwords/policy.ts'
import { createQueue } from './identity/passwords/queue.ts'
import { passwords } from './identity/passwords/storage.ts'
import { createSealing, type Sealing } from './identity/sealing.ts'
import { createSecondFactors, type SecondFactors } from './identity/second-factors/rules.ts'
import { createSessions, type Sessions } from './identity/sessions/rules.ts'
import { sessions as sessionRows } from './identity/sessions/storage.ts'
import { createTokens, type Tokens } from './identity/tokens/rules.ts'
import { createLog, type Log } from './log.ts'
import type { Meter } from './metrics/meter.ts'
import { createText, type Text } from './text/text.ts'
import { type Clock, systemClock } from './time.ts'

export interface Services {
  settings: Settings
  /** Where each setting comes from, where that is known. */
  settingSources: Partial<Record<SettingName, SettingSource>>
  /** Everything that a person can read. */
  text: Text
  clock: Clock
  log: Log
  /** undefined: nobody reads metrics. */
  meter: Meter | undefined
  database: Database
  readiness: Readiness
  accounts: typeof accounts
  groups: Groups
  passwords: typeof passwords
  passwordPolicy: PasswordPolicy
  hashing: Hashing
  foreignFormats: ForeignFormats
  sessions: Sessions
  sessionRows: typeof sessionRows
  loginsUnderWay: LoginsUnderWay
  secondFactors: SecondFactors
  passkeys: Passkeys
  connections: ProviderConnections
  tokens: Tokens
  emails: Emails
  /** Of each kind of email, from its capability. */
  emailTemplates: EmailTemplates
  /** What opens `/dev/mailbox`; made when it is first needed, which is in development. @throws {Error} where it cannot be kept. */
  mailboxKey(): string
  delivery: Delivery
  attempts: Attempts
  audit: Audit
  sealing: Sealing
  /** undefined: the setting is off. */
  identityTokens: IdentityTokens | undefined
  keys: ApiKeys
  hooks: HookRunner
  slots: FilledSlots
  /** Ends what runs in the background and closes the database. */
  close(): Promise<void>
}

/** What a test may bring along instead of the real thing; `serve` brings what counts. */
export type Replacements = Partial<Pick<Services, 'text' | 'clock' | 'log' | 'database' | 'meter' | 'sealing'>>

/** What a program that holds us inside brings along. */
export interface Brought {
  hooks?: Hooks
  slots?: Slots
  passwordVerifiers?: readonly PasswordVerifier[]
}

/** Known where the settings were read. */
interface Read {
  settingSources?: Services['settingSources']
}

/** What the capabilities declare for all of them together; `app.ts` collects it. */
export interface Declared {
  emails: EmailTemplates
}

/** @throws {Error} where the kept secret cannot be used: a sentence that says what to do. */
export async function createServices(
  settings: Settings,
  declared: Declared,
  replaced: Replacements & Brought & Read = {},
): Promise<Services> {
  const text = replaced.text ?? createText(settings.words)
  const clock = replaced.clock ?? systemClock
  const { meter } = replaced
  const plainLog = replaced.log ?? createLog(settings)
  const log = meter?.watchLog(plainLog) ?? plainLog
  const sealing = replaced.sealing ?? createSealing(secretsOf(settings))
  makeFolderOfDatabase(settings)
  if (settings.databaseUrl === inMemory) log.warn({}, 'database.in-memory')
  const onHosts = (hosts: HostState[]) => logHosts(log, hosts)
  const watching = { onStatement: meter?.onStatement, onHosts }
  const database = replaced.database ?? (await connectDatabase(settings, clock, watching))
  const readiness = prepareDatabase({
    database,
    clock,
    migrates: settings.migrate,
    longestWait: settings.databaseTimeout,
    onAway: (error) => log.warn({ why: String((error as Error).cause ?? error) }, 'database.unavailable'),
  })
  const { hashParallel: atOnce, hashQueue: waiting, hashWait: longestWait } = settings
  const audit = createAudit(database, sealing, clock, settings)
  const attempts = createAttempts({ database, audit, sealing, clock, settings })
  const emails = createEmails(database, sealing, attempts, clock, settings)
  const onUnreadable = () => log.error({}, 'password.unreadable')
  let mailboxKey: string | undefined
  const plainQueue = createQueue({ atOnce, waiting, longestWait })
  const queue = meter?.watchQueue(plainQueue) ?? plainQueue
  const connect = () => connectSmtp(settings)
  const sender = { settings, text, templates: declared.emails }
  const delivery = createDelivery({ database, emails, clock, log, sender, connect })
  const verifiers = replaced.passwordVerifiers ?? []
  const foreignFormats = createForeignFormats({ database, passwords, queue, sealing, log, verifiers })
  const cost = { memory: settings.hashMemory, passes: settings.hashPasses }
  const hashing = createHashing(queue, cost, onUnreadable, foreignFormats)
  const secondFactors = createSecondFactors(database, sealing, hashing, clock)
  const passkeys = createPasskeys({ database, sealing, clock, settings })
  return {
    settings,
    settingSources: replaced.settingSources ?? {},
    text,
    clock,
    log,
    meter,
    database,
    readiness,
    accounts,
    groups: createGroups(database, clock),
    passwords,
    passwordPolicy: createPasswordPolicy(settings, log),
    hashing,
    foreignFormats,
    sessions: createSessions(database, clock, settings),
    sessionRows,
    loginsUnderWay: createLoginsUnderWay(database, clock),
    secondFactors: meter?.watchSecondFactors(secondFactors) ?? secondFactors,
    passkeys: meter?.watchPasskeys(passkeys) ?? passkeys,
    connections: createConnections(settings, clock, log),
    tokens: createTokens(database, clock, settings),
    emails,
    mailboxKey: () => {
      mailboxKey ??= mailboxKeyOf(settings)
      return mailboxKey
    },
    emailTemplates: declared.emails,
    delivery,
    attempts,
    audit,
    sealing,
    identityTokens: settings.identityToken ? createIdentityTokens(sealing, clock, settings) : undefined,
    keys: createApiKeys(database, clock),
    hooks: createHooks(replaced.hooks ?? {}, { database, accounts, log, settings, text }),
    slots: createSlots(replaced.slots ?? {}, log),
    async close() {
      readiness.stop()
      await delivery.close()
      await readiness.first.catch(() => {})
      await database.close()
    },
  }
}

/** Which host is which stands in the log only. */
function logHosts(log: Pick<Log, 'info' | 'warn'>, hosts: HostState[]): void {
  const writer = hosts.find(({ role }) => role === 'writer')?.host
  if (writer) log.info({ writer, hosts }, 'database.writer-found')
  else log.warn({ hosts }, 'database.writer-missing')
}
