// The commands that open the database. They are one piece of the bundle: code that several pieces share stands in further
// ones, and each of those makes every start slower.
export * as account from './account.ts'
export * as admin from './admin.ts'
export * as audit from './audit.ts'
export * as connection from './connection.ts'
export * as emails from './emails.ts'
export * as group from './group.ts'
export * as invite from './invite.ts'
export * as migrate from './migrate.ts'
