// The registration fields of the site's own, in the shape that an operation takes.
import type { CustomField } from '../config/custom-fields.ts'
import type { Schema } from './openapi-parts.ts'

/** What else there is means nothing. */
export function withCustomFields(body: Schema, fields: CustomField[]): Schema {
  const own = Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)]))
  const required = fields.filter((field) => field.required).map(({ name }) => name)
  return {
    ...body,
    properties: { ...body.properties, ...own },
    required: [...(body.required ?? []), ...required],
    additionalProperties: true,
  }
}

function schemaOf(field: CustomField): Schema {
  const description = field.hint ? `${field.label}. ${field.hint}` : field.label
  if (field.type === 'checkbox') return { type: 'boolean', description }
  return { type: 'string', description, ...(field.type === 'select' && { enum: field.options }) }
}
