// Writes the typed part of `gatelodge/client` from the OpenAPI document, as the built product makes it.
import { writeFileSync } from 'node:fs'
import type { Described, Document, Schema } from '../packages/gatelodge/src/api/openapi-parts.ts'

export const file = new URL('../packages/gatelodge/src/client/operations.ts', import.meta.url)

/** @returns the text of the file. */
export function typesOf(document: Pick<Document, 'paths'>): string {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, route: `${method.toUpperCase()} ${path}` })),
  )
  const [first = [], ...others] = all.map(codesOf)
  const always = first.filter((code) => others.every((codes) => codes.includes(code)))
  const forKeys = all.filter(isForKeys).map((one) => ({ ...one, operationId: withoutPrefix(one.operationId) }))
  const forUsers = all.filter((one) => !isForKeys(one))
  return `// Written by scripts/client.ts from the OpenAPI document: change an operation in a capability, then run it.

/** What any operation may be refused with. */
export type AnyCode = ${union(always)}

export interface Operations {
${forUsers.map((one) => interfaceOf(one, always)).join('\n')}
}

export const routes: Record<keyof Operations, string> = {
${forUsers.map(routeOf).join('\n')}
}

/** With an API key. */
export interface AdminOperations {
${forKeys.map((one) => interfaceOf(one, always)).join('\n')}
}

export const adminRoutes: Record<keyof AdminOperations, string> = {
${forKeys.map(routeOf).join('\n')}
}
`
}

const isForKeys = ({ security }: Described) => security.some((way) => 'key' in way)
/** `adminListAccounts` is `listAccounts` there. */
const withoutPrefix = (id: string) => id.replace(/^admin(.)/, (_, first: string) => first.toLowerCase())
const routeOf = ({ operationId, route }: { operationId: string; route: string }) => `  ${operationId}: '${route}',`

function interfaceOf(one: Described, always: string[]): string {
  const input = one.requestBody?.content['application/json']?.schema
  const own = codesOf(one).filter((code) => !always.includes(code))
  const outputs = successes(one).map((schema) => (schema ? typeOf(schema, '    ') : 'undefined'))
  return `  /** ${one.summary}. ${one.description} */
  ${one.operationId}: {
    input: ${one.parameters ? queryOf(one.parameters) : bodyOf(input)}
    output: ${outputs.join(' | ')}
    code: ${['AnyCode', ...own.map(quoted)].join(' | ')}
  }`
}

const bodyOf = (input: Schema | undefined) =>
  input?.properties && Object.keys(input.properties).length > 0 ? typeOf(input, '    ') : 'undefined'

/** May be left out as a whole. */
function queryOf(parameters: NonNullable<Described['parameters']>): string {
  const all = parameters.map(({ name, schema, description }) => [name, { ...schema, description }])
  return `${typeOf({ type: 'object', properties: Object.fromEntries(all) }, '    ')} | undefined`
}

function successes({ responses }: Described): (Schema | undefined)[] {
  return Object.entries(responses)
    .filter(([status]) => status < '300')
    .map(([, { content }]) => content?.['application/json']?.schema)
}

function codesOf({ responses }: Described): string[] {
  return Object.values(responses).flatMap(
    ({ content }) => content?.['application/problem+json']?.schema.allOf?.[1]?.properties?.code?.enum ?? [],
  )
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.enum) return union(schema.enum)
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ')
  if (Array.isArray(schema.type)) return schema.type.join(' | ')
  if (schema.type === 'array' && schema.items) return `Array<${typeOf(schema.items, indent)}>`
  if (schema.type === 'integer') return 'number'
  if (schema.type !== 'object') return schema.type ?? 'unknown'
  if (!schema.properties) return 'Record<string, unknown>'
  const fields = Object.entries(schema.properties).map(([name, one]) => {
    const told = one.description ? `${indent}  /** ${one.description} */\n` : ''
    return `${told}${indent}  ${name}${schema.required?.includes(name) ? '' : '?'}: ${typeOf(one, `${indent}  `)}`
  })
  if (schema.additionalProperties === true)
    fields.push(`${indent}  /** The registration fields of the site’s own. */\n${indent}  [field: string]: unknown`)
  return `{\n${fields.join('\n')}\n${indent}}`
}

const quoted = (text: string) => `'${text}'`
const union = (texts: string[]) => texts.map(quoted).join(' | ')

if (import.meta.main) {
  const built = (name: string) => import(new URL(`../packages/gatelodge/dist/${name}.js`, import.meta.url).href)
  const { openApi } = await built('api/openapi')
  const { operations } = await built('app')
  const { createText } = await built('text/text')
  const settings = { siteName: '', baseUrl: '', basePath: '', fields: [] }
  writeFileSync(file, typesOf(openApi({ settings, text: createText() }, operations)))
}
