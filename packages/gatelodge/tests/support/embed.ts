// Gatelodge as a program holds it inside, on a test's database and with cheap hashes.
import { createGatelodge, type Gatelodge } from '../../src/index.ts'
import { Visitor } from './visitor.ts'

export const embeddedSite = 'http://localhost:3000'

export type EmbedConfig = NonNullable<Parameters<typeof createGatelodge>[0]>

export function openGatelodge({ url }: { url: string }, config: EmbedConfig = {}): Promise<Gatelodge> {
  const cheap = { hashMemory: '7MiB', hashPasses: 1, logLevel: 'silent', registrationsPerAddress: 10_000 } as const
  return createGatelodge({ databaseUrl: url, secret: 'a-secret-for-tests-0123456789-abcdefgh', ...cheap, ...config })
}

/** A browser of someone who was never here. */
export function visitorOf(gatelodge: Gatelodge): Visitor {
  return new Visitor(async (request) => (await gatelodge.fetch(request)) as Response, embeddedSite)
}

/** As much of Fastify as the plugin touches. @param routes gets the paths that it takes. */
export function recordingFastify(routes: string[]): Parameters<Gatelodge['fastify']>[0] {
  const instance: Parameters<Gatelodge['fastify']>[0] = {
    hasRequestDecorator: () => false,
    decorateRequest() {},
    register: (plugin: (of: typeof instance) => unknown) => plugin(instance),
    removeAllContentTypeParsers() {},
    addContentTypeParser() {},
    all: (route) => routes.push(route),
  }
  return instance
}
