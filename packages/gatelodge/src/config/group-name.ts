// What a group may be called. Apps get it as a header, so no name may hold what would mean something there.

const form = /^[a-z0-9._-]{1,64}$/

/** Compared byte by byte, so it is written in one way only. */
export function isGroupName(name: string): boolean {
  return form.test(name)
}
