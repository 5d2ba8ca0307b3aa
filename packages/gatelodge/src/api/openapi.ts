// The document that describes the API to programs, made from the list of operations (OpenAPI 3.1.1).
import { z } from 'zod'
import type { Settings } from '../config/schema.ts'
import { apiPath } from '../paths.ts'
import type { Text } from '../text/text.ts'
import { cookieName, sessionCookie } from '../web/http/cookies.ts'
import { type ProblemCode, problemTitle } from '../web/http/problem-codes.ts'
import { withCustomFields } from './custom-fields.ts'
import { type FieldKey, inWords } from './described.ts'
import type { Described, Document, Schema } from './openapi-parts.ts'
import type { Operation } from './operation.ts'
import { problemsOf } from './problems.ts'
import { ProblemShape } from './shapes.ts'

interface About {
  settings: Pick<Settings, 'siteName' | 'baseUrl' | 'basePath' | 'cookieDomain' | 'fields'>
  text: Text
}

type Answer = Described['responses'][string]

export function openApi({ settings, text }: About, operations: Operation[]): Document {
  const paths: Document['paths'] = {}
  for (const one of operations)
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operationPart(one, { settings, text }) }
  return {
    openapi: '3.1.1',
    info: {
      title: text.api.title({ site: settings.siteName }),
      version: '1',
      description: Object.values(text.api.lead).join('\n\n'),
    },
    servers: [{ url: settings.baseUrl + settings.basePath + apiPath }],
    paths,
    components: {
      schemas: { Problem: schemaPart(ProblemShape, 'output', text) },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: cookieName(settings, sessionCookie) },
        bearer: { type: 'http', scheme: 'bearer' },
        key: { type: 'http', scheme: 'bearer', description: text.api.key },
      },
    },
  }
}

function operationPart(one: Operation, about: About): Described {
  const { settings, text } = about
  const { title: summary, lead: description } = text.api.operations[one.id]
  const own = schemaPart(one.body, 'input', text)
  const body = one.takesCustomFields ? withCustomFields(own, settings.fields) : own
  const answers = Object.entries(one.answers).map(([status, schema]) => [status, answerPart(schema, text)] as const)
  const problems = [...problemsOf(one)].map(([status, codes]) => [status, problemPart(status, codes, about)] as const)
  return {
    operationId: one.id,
    summary,
    description,
    security: securityOf(one),
    ...(one.query && { parameters: Object.entries(one.query).map(([name, key]) => parameterPart(name, key, text)) }),
    ...(one.method === 'POST' && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: Object.fromEntries([...answers, ...problems]),
  }
}

function securityOf({ who, admin }: Operation): object[] {
  if (who === 'key') return [{ key: admin ? [admin.scope] : [] }]
  return who === 'anyone' || who === 'visitor' ? [] : [{ cookie: [] }, { bearer: [] }]
}

function parameterPart(name: string, key: FieldKey, { api }: Text): NonNullable<Described['parameters']>[number] {
  return { name, in: 'query', required: false, description: api.fields[key], schema: { type: 'string' } }
}

function answerPart(schema: z.ZodType | null, text: Text): Answer {
  if (schema === null) return { description: text.api.done }
  return {
    description: text.api.done,
    content: { 'application/json': { schema: schemaPart(schema, 'output', text) } },
  }
}

function problemPart(status: number, codes: ProblemCode[], { settings, text }: About): Answer {
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] }
  const waits = status === 429 || status === 503
  return {
    description: codes.map((code) => `\`${code}\`: ${problemTitle(text, code, settings.basePath)}.`).join(' '),
    ...(waits && { headers: { 'Retry-After': { description: text.api.seconds, schema: { type: 'integer' } } } }),
    content: { 'application/problem+json': { schema } },
  }
}

/** OpenAPI 3.1 takes JSON Schema as it is. */
function schemaPart(schema: z.ZodType, io: 'input' | 'output', text: Text): Schema {
  const { $schema: _, ...part } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema }) => {
      if (jsonSchema.description) jsonSchema.description = inWords(text, jsonSchema.description)
    },
  })
  return part as Schema
}
