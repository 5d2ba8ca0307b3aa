// All commands: what each does in one sentence, an example, and where its code is.
import type { Call, ExitCode } from './command.ts'
import * as config from './config.ts'
import * as healthcheck from './healthcheck.ts'
import type { Told } from './verbs.ts'
import * as words from './words.ts'

export interface Command {
  /** What it does, as the end of a sentence. */
  summary: string
  /** Lines that can be typed as they are; the test of the help tries to read them. */
  examples: string[]
  /** Whether words may stand behind it that are no flags. */
  takesWords?: true
  load: () => Promise<{ run(call: Call): Promise<ExitCode>; verbs: Record<string, Told> }>
}

type OnDatabase = keyof typeof import('./on-database.ts')

const onDatabase = (name: OnDatabase) => async () => (await import('./on-database.ts'))[name]

export const commands: Record<string, Command> = {
  serve: {
    summary: 'run the site; no configuration is needed',
    examples: [
      'gatelodge serve',
      'gatelodge serve --port 8080 --database-url mysql://user:password@127.0.0.1:3306/name',
      'gatelodge serve --upstream http://localhost:5000',
    ],
    load: () => import('./serve.ts'),
  },
  migrate: {
    summary: 'show whether the tables are up to date, or bring them up to date',
    examples: ['gatelodge migrate status', 'gatelodge migrate up'],
    takesWords: true,
    load: onDatabase('migrate'),
  },
  account: {
    summary: 'find, create, change, disable and delete accounts',
    examples: [
      'gatelodge account list ada',
      "gatelodge account disable ada@example.org --reason 'lost the phone'",
      "gatelodge account create ada@example.org 'Ada Lovelace' --generate-password",
    ],
    takesWords: true,
    load: onDatabase('account'),
  },
  connection: {
    summary: 'list and remove the providers by which an account logs in',
    examples: [
      'gatelodge connection list ada@example.org',
      "gatelodge connection remove ada@example.org google --reason 'asked by phone'",
    ],
    takesWords: true,
    load: onDatabase('connection'),
  },
  group: {
    summary: 'list, create and delete groups, and change who is in them',
    examples: ['gatelodge group create editors', 'gatelodge group add ada@example.org editors'],
    takesWords: true,
    load: onDatabase('group'),
  },
  key: {
    summary: 'create, list and revoke keys of programs that use the API for administrators',
    examples: ['gatelodge key create billing --scopes accounts:read,groups:read --expires 30d', 'gatelodge key list'],
    takesWords: true,
    load: () => import('./key.ts'),
  },
  invite: {
    summary: 'create, list and revoke invitations',
    examples: ['gatelodge invite create ada@example.org', 'gatelodge invite create --uses 20 --groups editors'],
    takesWords: true,
    load: onDatabase('invite'),
  },
  admin: {
    summary: 'make accounts administrators, or ordinary accounts again',
    examples: ['gatelodge admin link', 'gatelodge admin add ada@example.org'],
    takesWords: true,
    load: onDatabase('admin'),
  },
  audit: {
    summary: 'print the record: who did what to which account',
    examples: ['gatelodge audit ada@example.org --limit 20'],
    takesWords: true,
    load: onDatabase('audit'),
  },
  import: {
    summary: 'import accounts of another system, with their passwords',
    examples: [
      'gatelodge import users.csv --preset django --dry-run',
      'gatelodge import users.csv --map email=mail,name=full_name',
      'gatelodge import --from-database --preset wordpress',
    ],
    takesWords: true,
    load: () => import('./import.ts'),
  },
  backup: {
    summary: 'write all accounts and everything else to one file, while the site runs',
    examples: ['gatelodge backup /backups/site.backup --encrypt'],
    takesWords: true,
    load: () => import('./backup.ts'),
  },
  restore: {
    summary: 'fill an empty database from a backup',
    examples: ['gatelodge restore /backups/site.backup --check', 'gatelodge restore /backups/site.backup'],
    takesWords: true,
    load: () => import('./restore.ts'),
  },
  copy: {
    summary: 'copy everything to an empty database, of the same or the other kind',
    examples: ['gatelodge copy sqlite:data/gatelodge.sqlite NEW_DATABASE_URL'],
    takesWords: true,
    load: () => import('./copy.ts'),
  },
  emails: {
    summary: 'list the latest emails and whether they were sent',
    examples: ['gatelodge emails --limit 20'],
    takesWords: true,
    load: onDatabase('emails'),
  },
  config: {
    summary: 'check or print the settings',
    examples: ['gatelodge config check', 'gatelodge config print', 'gatelodge config template'],
    takesWords: true,
    load: async () => ({ run: config.run, verbs: config.verbs }),
  },
  doctor: {
    summary: 'check the site, its settings, its servers and this machine, and say what to do',
    examples: ['gatelodge doctor', 'gatelodge doctor --email-to ada@example.org'],
    load: () => import('./doctor.ts'),
  },
  words: {
    summary: 'print all texts of pages and emails, to write `words`',
    examples: ['gatelodge words'],
    load: async () => ({ run: words.run, verbs: words.verbs }),
  },
  healthcheck: {
    summary: 'check whether the running site is ready',
    examples: ['gatelodge healthcheck'],
    load: async () => ({ run: healthcheck.run, verbs: healthcheck.verbs }),
  },
}
