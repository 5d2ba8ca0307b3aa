// The lock file as it would be if the package were alone in its repository: what it runs on, by version and hash, and nothing
// of what builds and tests it.

export interface Locked {
  version?: string
  license?: string
  dev?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

export interface Lock {
  packages: Record<string, Locked>
}

export interface Manifest {
  name: string
  version: string
  license: string
  files: string[]
  dependencies: Record<string, string>
}

/** @param lock of the workspace. @throws {Error} where it lacks a package that is needed. */
export function productionLock({ packages }: Lock, manifest: Manifest): Lock {
  const { name, version, license, dependencies } = manifest
  const kept = new Map<string, Locked>()
  const waiting = namesOf({ dependencies }).map((wanted) => ({ wanted, from: '' }))
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const path = placeOf(next.wanted, next.from, packages)
    const found = path === undefined ? undefined : packages[path]
    if (path === undefined || !found) {
      if (next.from !== '' && isOptional(next.wanted, packages[next.from])) continue
      throw new Error(`package-lock.json has no ${next.wanted}, which ${next.from || name} needs`)
    }
    if (kept.has(path)) continue
    kept.set(path, found)
    waiting.push(...namesOf(found).map((wanted) => ({ wanted, from: path })))
  }
  const sorted = [...kept].sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    ...{ name, version, lockfileVersion: 3, requires: true },
    packages: { '': { ...{ name, version }, license, dependencies }, ...Object.fromEntries(sorted) },
  } as Lock
}

const namesOf = ({ dependencies, optionalDependencies, peerDependencies }: Locked) =>
  Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })

/** A package for another system, or one that a package would use if it were there. */
const isOptional = (wanted: string, by: Locked | undefined) => by?.dependencies?.[wanted] === undefined

/** Where Node would find it: beside its user, or further up. */
function placeOf(wanted: string, from: string, packages: Lock['packages']): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${wanted}`
    if (packages[path]) return path
    if (at === '') return undefined
  }
}
