import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Site } from '../site/site.ts'
import { keptDocument } from './kept-document.ts'
import { pageTemplate } from './page-template.ts'

it('V15.2.2 a large document is made once, and each answer has the same bytes', () => {
  let made = 0
  const document = keptDocument(() => ({ made: ++made }))
  const first = document()
  expect([document().plain === first.plain, document().gzip === first.gzip, made]).toEqual([true, true, 1])
  expect(String(gunzipSync(first.gzip))).toBe('{"made":1}')
})

it('V15.2.2 a page without words of its own is made once, and each answer has the same bytes', () => {
  const site = { basePath: '' } as Site
  const page = pageTemplate([], () => '<p>the same for all</p>' as never)
  expect(page(site, {}).plain()).toBe(page(site, {}).plain())
  expect(page(site, {}).gzip()).toBe(page(site, {}).gzip())
  expect(page(site, {}).plain()).toBeInstanceOf(Uint8Array)
  expect(String(gunzipSync(page(site, {}).gzip()))).toBe('<p>the same for all</p>')
})
