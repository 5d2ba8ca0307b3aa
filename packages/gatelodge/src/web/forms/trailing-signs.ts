// What stands right behind a link in an email may become part of it: a full stop, a bracket, the "=" of an encoding.

const signs = /(?:[.)!>=]|%3e)+$/i

/** @returns the path without such signs at its end; undefined where there are none. */
export function withoutGlued(path: string): string | undefined {
  const plain = path.replace(signs, '')
  return plain === path ? undefined : plain
}
