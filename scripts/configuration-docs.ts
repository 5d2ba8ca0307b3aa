// Writes docs/configuration.md and the type of the options in code from the schema; with --check it only says whether both are
// fresh.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import {
  defaultOf,
  environmentName,
  flagName,
  formOf,
  metaOf,
  type SettingName,
  sections,
  settingNames,
} from '../packages/gatelodge/src/config/schema.ts'

const intro = `# Configuration

Gatelodge runs without any configuration. Each setting below has one name that is written in four ways. The first value found
in this order is used:

1. a flag: \`--base-url https://accounts.example.org\`
2. an environment variable: \`GATELODGE_BASE_URL=https://accounts.example.org\`
3. a key of \`gatelodge.json\` in the working folder (or of the file named by \`--config\`): \`{"baseUrl": "https://accounts.example.org"}\`
4. in a Node app, an option of \`createGatelodge({ baseUrl: 'https://accounts.example.org' })\`
5. the default.

\`DATABASE_URL\`, \`PORT\` and \`NODE_ENV=production\` also work. In a Node app \`DATABASE_URL\` and \`PORT\` belong to the app, so its
options and \`gatelodge.json\` take precedence over them. If a \`GATELODGE_…\` variable contradicts the code, the variable is used, and the
log names both (\`settings.contradict\`).

A variable whose name ends in \`_FILE\` reads the value from a file: \`GATELODGE_SECRET_FILE=/run/secrets/gatelodge\`,
\`DATABASE_URL_FILE=…\`. Set one of the two, not both. A yes-or-no flag can be written without a value: \`--identity-token\`. Durations are written \`90s\`, \`15m\`, \`12h\`, \`30d\`; sizes \`64KiB\`, \`19MiB\`.

If a setting is not valid, Gatelodge does not start: it lists all faults at once and ends with exit code 2.
\`gatelodge config check\` does only this check. \`gatelodge config print\` shows each value, its source and the database in use;
passwords are hidden. \`gatelodge config template\` lists every variable with its description, as a file to start from.

In Kubernetes, a Service whose name begins with \`gatelodge\` puts variables such as \`GATELODGE_PORT=tcp://…\` into each pod. Set
\`enableServiceLinks: false\` in the pod’s spec, or give the Service another name.

This page is generated from \`packages/gatelodge/src/config/settings/\` by \`npm run docs\`.
`

type SectionName = keyof typeof sections
const sectionNames = Object.keys(sections) as SectionName[]

const options = 'packages/gatelodge/src/config/options'
const note = `// Written from config/settings/ by \`npm run docs\``

const written = {
  'docs/configuration.md': [intro, ...settingNames.map(described)].join('\n'),
  [`${options}.ts`]: allOptions(),
  ...Object.fromEntries(sectionNames.map((section) => [`${options}/${section}.ts`, optionsOf(section)])),
}

for (const [path, text] of Object.entries(written)) {
  const file = new URL(`../${path}`, import.meta.url)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`${path} is not what the schema says; run: npm run docs`)
    process.exitCode = 1
  }
}

function allOptions(): string {
  const imports = sectionNames.map((name) => `import type { ${typeName(name)} } from './options/${name}.ts'`)
  return `${note}.
${imports.sort().join('\n')}

/** Every setting of docs/configuration.md by its name in code. All can be left out. */
export interface SettingOptions
  extends ${sectionNames.map(typeName).join(',\n    ')} {}
`
}

function optionsOf(section: SectionName): string {
  return `${note}: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface ${typeName(section)} {
${(Object.keys(sections[section]) as SettingName[]).map(option).join('\n')}
}
`
}

/** `email` → `EmailOptions` */
function typeName(section: SectionName): string {
  return `${section.charAt(0).toUpperCase()}${section.slice(1)}Options`
}

function described(name: SettingName): string {
  const { description, example } = metaOf(name)
  return `## \`${name}\`

${description}

| default | flag | environment | example |
| --- | --- | --- | --- |
| ${shownDefault(name)} | \`${flagName(name)}\` | \`${environmentName(name)}\` | \`${example}\` |
`
}

function option(name: SettingName): string {
  const { description, example } = metaOf(name)
  const lines = [description, '', `${formOf(name).form ?? ''}.`, ...defaultLine(name), `@example ${example}`]
  const comment = lines.filter((line) => line !== '.').map((line) => `   * ${line.replaceAll('*/', '*\\/')}`.trimEnd())
  return `  /**\n${comment.join('\n')}\n   */\n  ${name}?: SettingsInput['${name}'] | undefined`
}

/** Where the description does not say it. */
function defaultLine(name: SettingName): string[] {
  const value = shownDefault(name)
  return value === '–' ? [] : [`@default ${value.replaceAll('`', '')}`]
}

function shownDefault(name: SettingName): string {
  const { defaultText } = metaOf(name)
  if (defaultText) return defaultText
  const value = defaultOf(name)
  return value === undefined ? '–' : `\`${value}\``
}
