// The parts of an OpenAPI document that we write and read again, for the reference page and the client.

/** JSON Schema, as much of it as our shapes need. */
export interface Schema {
  $ref?: string
  /** Several: one of them. */
  type?: string | string[]
  enum?: string[]
  anyOf?: Schema[]
  allOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  required?: string[]
  description?: string
}

type Content = Record<string, { schema: Schema }>

export interface Described {
  operationId: string
  summary: string
  description: string
  security: object[]
  parameters?: { name: string; in: 'query'; required: false; description: string; schema: Schema }[]
  requestBody?: { required: true; content: Content }
  responses: Record<string, { description: string; headers?: object; content?: Content }>
}

export type Document = {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema>; securitySchemes: object }
}
