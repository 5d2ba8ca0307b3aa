// Writes docs/configuration.md from the schema; with --check it only tells whether the file is fresh.
import { readFileSync, writeFileSync } from 'node:fs'
import {
  defaultOf,
  environmentName,
  flagName,
  metaOf,
  type SettingName,
  settingNames,
} from '../packages/gatelodge/src/config/schema.ts'

const file = new URL('../docs/configuration.md', import.meta.url)

const intro = `# Configuration

Gatelodge needs none. Every setting below has one name in four spellings, and the first that is given wins:

1. a flag: \`--base-url https://accounts.example.org\`
2. an environment variable: \`GATELODGE_BASE_URL=https://accounts.example.org\`
3. a key of \`gatelodge.json\` in the working folder (or of the file named by \`--config\`): \`{"baseUrl": "https://accounts.example.org"}\`
4. the default.

\`DATABASE_URL\`, \`PORT\` and \`NODE_ENV=production\` are heard too. A variable with \`_FILE\` behind its name reads the value from
a file: \`GATELODGE_SECRET_FILE=/run/secrets/gatelodge\`. Durations are written \`90s\`, \`15m\`, \`12h\`, \`30d\`; sizes \`64KiB\`, \`19MiB\`.

If a setting cannot be used, Gatelodge does not start: it lists every fault at once and ends with exit code 2.
\`gatelodge config check\` does only that, \`gatelodge config print\` shows what is in force and where it came from, and
\`gatelodge config template\` lists every variable with its description, to start from.

This page is written from \`packages/gatelodge/src/config/settings/\` by \`npm run docs\`.
`

const text = [intro, ...settingNames.map(section)].join('\n')

if (process.argv.includes('--check')) {
  if (readFileSync(file, 'utf8') !== text) {
    console.error('docs/configuration.md is not what the schema says; run: npm run docs')
    process.exitCode = 1
  }
} else writeFileSync(file, text)

function section(name: SettingName): string {
  const { description, example } = metaOf(name)
  return `## \`${name}\`

${description}

| default | flag | environment | example |
| --- | --- | --- | --- |
| ${shownDefault(name)} | \`${flagName(name)}\` | \`${environmentName(name)}\` | \`${example}\` |
`
}

function shownDefault(name: SettingName): string {
  const { defaultText } = metaOf(name)
  if (defaultText) return defaultText
  const value = defaultOf(name)
  return value === undefined ? '–' : `\`${value}\``
}
