// The places that name the version.

const places: { path: string; pattern: RegExp }[] = [
  { path: 'package-lock.json', pattern: /"packages\/gatelodge": \{\s+"version": "([^"]+)"/ },
  { path: 'compose.yaml', pattern: /^ +image: gatelodge:(\S+)$/m },
  { path: 'compose.mysql.yaml', pattern: /^ +image: gatelodge:(\S+)$/m },
  { path: 'CHANGELOG.md', pattern: /^## (\d\S*)/m },
  { path: 'README.md', pattern: /^This is version (\d+\.\d+\.\d+)/m },
]

/** @param read gives a file of the repository. */
export function faultsOfVersion(version: string, read: (path: string) => string): string[] {
  return places.flatMap(({ path, pattern }) => {
    const found = pattern.exec(read(path))?.[1]
    return found === version ? [] : [`${path} names ${found ?? 'none'}, package.json names ${version}`]
  })
}
