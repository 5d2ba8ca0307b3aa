// Reads what was posted, once and bounded, before anyone looks at it. Strict about form: what two parsers might
// understand differently is refused.

import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { apiPath } from '../../paths.ts'
import { problem } from './answer.ts'
import type { AppEnv, Context } from './context.ts'
import { failure } from './error-pages.tsx'
import { isApi } from './is-api.ts'
import { parseStrictly } from './json.ts'
import type { ProblemCode } from './problem-codes.ts'

const mostFields = 100
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** The limit holds for chunked bodies too. */
export function limitBody(maxSize: number): MiddlewareHandler<AppEnv> {
  const limit = bodyLimit({ maxSize, onError: (c) => failure(c as Context, 'too-large', { connection: 'close' }) })
  return async (c, next) => {
    let isWhole = false
    const goOn = () => {
      isWhole = true
      return next()
    }
    try {
      return await limit(c, goOn)
    } catch (error) {
      // Anyone who goes away half-way, or breaks off in a chunk, has sent nothing; that is no failure of ours.
      if (isWhole) throw error
      return failure(c, 'unreadable')
    }
  }
}

/**
 * Parses what was posted into `c.get('fields')`, or answers 400 or 415: JSON at the API, a form everywhere else. Not even an
 * empty form at the API: JSON is what no other site's page can send unasked.
 */
export const readFields: MiddlewareHandler<AppEnv> = async (c, next) => {
  const type = bodyType(c)
  const bytes = await c.req.arrayBuffer().catch(() => undefined)
  if (!bytes) return failure(c, 'unreadable')
  const taken = isApi(c) ? 'json' : 'form'
  if (type === 'json' && taken === 'form') return problem(c, jsonElsewhere(c))
  if (type !== taken && (taken === 'json' || bytes.byteLength > 0)) return failure(c, 'unknown-type')
  const fields = parse(taken, bytes)
  if (!fields) return failure(c, 'unreadable')
  c.set('fields', fields)
  return next()
}

function bodyType(c: Context): 'form' | 'json' | undefined {
  if (c.req.header('content-encoding')) return undefined
  const type = c.req.header('content-type')?.toLowerCase().replaceAll(' ', '')
  if (/^application\/x-www-form-urlencoded(?:;charset="?utf-8"?)?$/.test(type ?? '')) return 'form'
  if (/^application\/json(?:;charset="?utf-8"?)?$/.test(type ?? '')) return 'json'
  return undefined
}

/** Only a program sends JSON, so it gets a problem whatever it asked for. Where the API is switched off, none is named. */
function jsonElsewhere(c: Context): ProblemCode {
  if (c.get('services').settings.api) return 'json-at-a-page'
  return c.req.path.startsWith(`${apiPath}/`) ? 'not-found' : 'unknown-type'
}

function parse(type: 'form' | 'json', bytes: ArrayBuffer): Record<string, unknown> | undefined {
  try {
    const text = utf8.decode(bytes)
    return type === 'form' ? parseForm(text) : parseJson(text)
  } catch {
    return undefined
  }
}

function parseForm(text: string): Record<string, unknown> | undefined {
  if (!isWholeEncoding(text) || text.split('&').length > mostFields) return undefined
  // Without a prototype, "__proto__" is a field like any other (ASVS V15.3.6).
  const fields: Record<string, unknown> = Object.create(null)
  for (const [name, value] of new URLSearchParams(text)) {
    // Twice the same field: which one counts would depend on who reads (ASVS V15.3.7).
    if (name in fields) return undefined
    fields[name] = value
  }
  return fields
}

/** URLSearchParams would repair bytes that are no UTF-8 into "�", and two passwords into one. */
function isWholeEncoding(text: string): boolean {
  decodeURIComponent(text.replaceAll('+', ' ').replace(/%(?![0-9a-f]{2})/gi, '%25'))
  return true
}

function parseJson(text: string): Record<string, unknown> | undefined {
  const value: unknown = text === '' ? {} : parseStrictly(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return Object.assign(Object.create(null), value)
}
