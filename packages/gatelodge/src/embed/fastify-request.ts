// Types only, for Fastify: `import 'gatelodge/fastify'`. On its own, because it can be read only where Fastify is installed.
import type {} from 'fastify'
import type { Who } from './who.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who it is, behind a guard of Gatelodge; null: a visitor, or no guard ran. */
    gatelodge: Who | null
  }
}
