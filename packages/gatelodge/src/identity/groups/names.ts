// The groups of an account, as they stand on its row.

/** The group that exists from the start: its members run the site. */
export const administratorsGroup = 'administrators'

/** An account's groups go into one header and one column: 64 characters each and a comma between. */
export const mostGroups = 50

/** As it stands in the column: sorted, with commas between. */
export function writeGroups(names: readonly string[]): string {
  return [...names].sort().join(',')
}

export function readGroups(column: string): readonly string[] {
  return column === '' ? none : column.split(',')
}

/** Most accounts are in none, and each look-up of a session reads it. */
const none: readonly string[] = Object.freeze([])

export function isAdministrator({ groups }: { groups: readonly string[] }): boolean {
  return groups.includes(administratorsGroup)
}
