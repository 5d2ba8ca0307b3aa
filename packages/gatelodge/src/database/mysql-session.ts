// What each connection to MySQL or MariaDB sets for itself before its first use, so that no setting of a server, a user or
// a node that takes over can change what a statement of ours means.
import { type Milliseconds, seconds } from '../time.ts'

/** Both kinds of server know all of them; those that change quoting are left out, and thereby off. */
export const ownSqlMode = [
  'STRICT_TRANS_TABLES',
  'STRICT_ALL_TABLES',
  'NO_ZERO_IN_DATE',
  'NO_ZERO_DATE',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ENGINE_SUBSTITUTION',
].join(',')

export interface SessionWishes {
  timeout: Milliseconds
  isolation: 'read committed' | 'repeatable read'
}

/** Statements without values; none holds anything but words of ours and one number. */
export function sessionSettings({ timeout, isolation }: SessionWishes): string[] {
  const lockWait = Math.max(1, Math.floor(timeout / 2 / seconds(1)))
  const settings = {
    sql_mode: `'${ownSqlMode}'`,
    character_set_client: 'utf8mb4',
    character_set_results: 'utf8mb4',
    collation_connection: 'utf8mb4_bin',
    time_zone: `'+00:00'`,
    autocommit: '1',
    completion_type: `'NO_CHAIN'`,
    sql_auto_is_null: '0',
    sql_safe_updates: '0',
    sql_select_limit: '18446744073709551615',
    innodb_lock_wait_timeout: String(lockWait),
  }
  const assignments = Object.entries(settings).map(([name, value]) => `session ${name} = ${value}`)
  return [`set ${assignments.join(', ')}`, `set session transaction isolation level ${isolation}, read write`]
}
