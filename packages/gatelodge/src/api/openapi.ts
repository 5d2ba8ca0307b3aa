// The document that describes the API to programs, made from the list of operations (OpenAPI 3.1.1).
import { z } from 'zod'
import type { Settings } from '../config/schema.ts'
import { apiPath } from '../paths.ts'
import { text } from '../text/en.ts'
import { cookieName, sessionCookie } from '../web/http/cookies.ts'
import type { ProblemCode } from '../web/http/problem-codes.ts'
import { withCustomFields } from './custom-fields.ts'
import type { Described, Document, Schema } from './openapi-parts.ts'
import type { Operation } from './operation.ts'
import { problemsOf } from './problems.ts'
import { ProblemShape } from './shapes.ts'

type Told = Pick<Settings, 'siteName' | 'baseUrl' | 'basePath' | 'cookieDomain' | 'fields'>

type Answer = Described['responses'][string]

export function openApi(settings: Told, operations: Operation[]): Document {
  const paths: Document['paths'] = {}
  for (const one of operations)
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: operationPart(one, settings) }
  return {
    openapi: '3.1.1',
    info: { title: text.api.title(settings.siteName), version: '1', description: text.api.lead.join('\n\n') },
    servers: [{ url: settings.baseUrl + settings.basePath + apiPath }],
    paths,
    components: {
      schemas: { Problem: schemaPart(ProblemShape, 'output') },
      securitySchemes: {
        cookie: { type: 'apiKey', in: 'cookie', name: cookieName(settings, sessionCookie) },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operationPart(one: Operation, { fields }: Told): Described {
  const [summary, description] = text.api.operations[one.id]
  const own = schemaPart(one.body, 'input')
  const body = one.takesCustomFields ? withCustomFields(own, fields) : own
  const needsSession = one.who === 'logged-in' || one.who === 'recently-authenticated'
  const answers = Object.entries(one.answers).map(([status, schema]) => [status, answerPart(schema)] as const)
  const problems = [...problemsOf(one)].map(([status, codes]) => [status, problemPart(status, codes)] as const)
  return {
    operationId: one.id,
    summary,
    description,
    security: needsSession ? [{ cookie: [] }, { bearer: [] }] : [],
    ...(one.method === 'POST' && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: Object.fromEntries([...answers, ...problems]),
  }
}

function answerPart(schema: z.ZodType | null): Answer {
  if (schema === null) return { description: text.api.done }
  return {
    description: text.api.done,
    content: { 'application/json': { schema: schemaPart(schema, 'output') } },
  }
}

function problemPart(status: number, codes: ProblemCode[]): Answer {
  const schema = { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: codes } } }] }
  const waits = status === 429 || status === 503
  return {
    description: codes.map((code) => `\`${code}\`: ${text.refusals[code]}.`).join(' '),
    ...(waits && { headers: { 'Retry-After': { description: text.api.seconds, schema: { type: 'integer' } } } }),
    content: { 'application/problem+json': { schema } },
  }
}

/** OpenAPI 3.1 takes JSON Schema as it is. */
function schemaPart(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...part } = z.toJSONSchema(schema, { io })
  return part as Schema
}
