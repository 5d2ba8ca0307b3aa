// What these tests use of Express, 4 and 5.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type {} from 'gatelodge'

type Handler = (
  request: IncomingMessage & Express.Request & { body?: unknown },
  response: ServerResponse,
  next: (error?: unknown) => void,
) => unknown

interface App {
  (request: IncomingMessage, response: ServerResponse): void
  use(...handlers: Handler[]): App
  use(path: string, ...handlers: Handler[]): App
  get(path: string, ...handlers: Handler[]): App
  post(path: string, ...handlers: Handler[]): App
}

interface Verifying {
  verify?: (request: { rawBody?: Buffer }, response: unknown, bytes: Buffer) => void
}

export declare const express: {
  (): App
  urlencoded(options: { extended: boolean } & Verifying): Handler
  json(options?: Verifying): Handler
}
