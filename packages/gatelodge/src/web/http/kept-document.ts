// A large document that is the same for all is serialised and compressed once, and each answer sends the same bytes: many
// who ask and do not read cost its size once.
import { gzipSync } from 'node:zlib'
import { answer } from './answer.ts'
import { takesGzip } from './compress.ts'
import type { Context } from './context.ts'
import { privateAnswer } from './headers.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** @param make is called when the document is first asked for. @returns its bytes, the same each time. */
export function keptDocument(make: () => object): () => { plain: Bytes; gzip: Bytes } {
  let kept: { plain: Bytes; gzip: Bytes } | undefined
  return () => {
    if (kept) return kept
    const plain = new TextEncoder().encode(JSON.stringify(make()))
    kept = { plain, gzip: new Uint8Array(gzipSync(plain, { level: 9 })) }
    return kept
  }
}

export function answerDocument(c: Context, { plain, gzip }: { plain: Bytes; gzip: Bytes }): Response {
  const type = { ...privateAnswer, 'content-type': 'application/json; charset=utf-8' }
  if (!takesGzip(c.req.header('accept-encoding'))) return answer(c, 200, plain, type)
  return answer(c, 200, gzip, { ...type, 'content-encoding': 'gzip' })
}
