// What the pages of the reference show, read from the document that programs get.
import { paths as pages } from '../paths.ts'
import type { Described, Document, Schema } from './openapi-parts.ts'

export interface Field {
  name: string
  type: string
  isOptional: boolean
  description: string | undefined
}

export interface Entry {
  id: string
  route: string
  summary: string
  description: string
  /** Where it stands: an operation is found by what one needs for it. */
  page: ReferencePath
  /** What the key of a program must be allowed to do. */
  scope: string | undefined
  sends: Field[]
  answers: { status: string; fields: Field[] }[]
  refusals: { status: string; codes: string[] }[]
}

/** In this order. The whole on one page would weigh more than any page of ours may. */
export const referencePaths = [pages.apiWithoutSession, pages.apiWithSession, pages.apiWithKey] as const

export type ReferencePath = (typeof referencePaths)[number]

export function entriesOf({ paths, servers: [server] }: Document): Entry[] {
  const base = new URL(server?.url ?? '').pathname
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => entryOf(`${method.toUpperCase()} ${base}${path}`, one)),
  )
}

function entryOf(route: string, one: Described): Entry {
  const responses = Object.entries(one.responses)
  const refusals = responses.map(([status, { content }]) => {
    const [, own] = content?.['application/problem+json']?.schema.allOf ?? []
    return { status, codes: own?.properties?.code?.enum ?? [] }
  })
  const answers = responses.filter(([status]) => status < '300')
  const needs = (way: 'cookie' | 'key') => one.security.some((each) => way in each)
  return {
    ...{ id: one.operationId, route, summary: one.summary, description: one.description },
    page: needs('key') ? pages.apiWithKey : needs('cookie') ? pages.apiWithSession : pages.apiWithoutSession,
    scope: one.security.flatMap((way) => ('key' in way ? (way.key as string[]) : []))[0],
    sends: one.parameters
      ? one.parameters.map(({ name, schema, description }) => ({
          ...{ name, type: typeOf(schema), isOptional: true, description },
        }))
      : fieldsOf(one.requestBody?.content['application/json']?.schema),
    answers: answers.map(([status, { content }]) => ({
      ...{ status, fields: fieldsOf(content?.['application/json']?.schema) },
    })),
    refusals: refusals.filter(({ codes }) => codes.length > 0),
  }
}

/** What lies within another stands behind a dot: `account.id`, `devices[].id`. */
function fieldsOf(schema: Schema | undefined, within = ''): Field[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([own, one]) => {
    const name = within + own
    const inner = [...fieldsOf(one, `${name}.`), ...fieldsOf(one.items, `${name}[].`)]
    if (inner.length > 0) return inner
    const isOptional = !schema?.required?.includes(own)
    return [{ name, type: typeOf(one), isOptional, description: one.description }]
  })
}

function typeOf({ type, enum: values, anyOf, items }: Schema): string {
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (anyOf) return anyOf.map(typeOf).join(' | ')
  if (items) return `${typeOf(items)}[]`
  return Array.isArray(type) ? type.join(' | ') : (type ?? 'unknown')
}
