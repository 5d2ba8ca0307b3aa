// A body that a parser of the app has read before us: made whole again from what it left.
import type { IncomingMessage } from 'node:http'

type Parsed = IncomingMessage & { body?: unknown; rawBody?: unknown }

/** Puts the bytes at `rawBody`, where the adapter looks first. A body that nobody has read stays in its stream. */
export function restoreBody(request: Parsed): void {
  if (!request.readableDidRead || request.rawBody instanceof Buffer) return
  const { body } = request
  if (body instanceof Buffer) request.rawBody = body
  else request.rawBody = Buffer.from(typeof body === 'string' ? body : written(body, request.headers['content-type']))
}

function written(body: unknown, type = ''): string {
  if (typeof body !== 'object' || body === null) return ''
  try {
    return type.includes('json') ? JSON.stringify(body) : new URLSearchParams(pairs(body)).toString()
  } catch {
    // Nested so deep that it cannot be written: neither can it be read.
    return '{'
  }
}

/** Lists and objects, as "extended" parsers make them, are taken apart again: our own reader then judges what was sent. */
function pairs(body: object, within = ''): [string, string][] {
  return Object.entries(body).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const name = within ? `${within}[${key}]` : key
    const list = listOf(value)
    if (!list) return pair(name, value)
    // A list of one was `name[]`, which is no field of ours. A longer one may have been the same key twice: refused as that.
    return list.flatMap((one) => pair(list.length === 1 ? `${name}[]` : name, one))
  })
}

/** Parsers make a list beyond 20 entries into an object of numbers. */
function listOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return undefined
  const keys = Object.keys(value)
  return keys.length > 1 && keys.every((key) => /^\d+$/.test(key)) ? Object.values(value) : undefined
}

/** Never by its own `toString`, which someone may have sent. */
function pair(name: string, value: unknown): [string, string][] {
  return typeof value === 'object' && value !== null ? pairs(value, name) : [[name, String(value)]]
}
