// What is new in a version, from CHANGELOG.md.
import { writeFileSync } from 'node:fs'

/** The section of a version, without its heading; undefined: there is none with a date. */
export function releaseNotes(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m)
  const heading = new RegExp(`^${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d\\d-\\d\\d\\)\n`)
  const text = sections
    .find((section) => heading.test(section))
    ?.replace(heading, '')
    .trim()
  return text || undefined
}

/** Links of the changelog are those of the repository's root. */
export function writeNotes(changelog: string, version: string, path: string): string[] {
  const notes = releaseNotes(changelog, version)
  if (notes === undefined) return ['the changelog has no section for it']
  const upgrading = `How to upgrade: \`docs/running/upgrading.md\` of this version.`
  writeFileSync(path, `# Gatelodge ${version}\n\n${upgrading}\n\n${notes}\n`)
  return []
}
