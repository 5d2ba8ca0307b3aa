import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Site } from '../site/site.ts'
import { pageTemplate } from './page-template.ts'

const page = (name: string, age: unknown) => (
  <main>
    <h1 title={name}>Hello, {name}</h1>
    {age as string} <p>{name}</p>
  </main>
)

it('V1.1.2 a stencil gives the same as rendering again, whatever the words are', () => {
  const filled = pageTemplate(['name', 'age'], (_, { name, age }) => page(name, age))
  const site = {} as Site
  const word = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('<b>"&\'', '\ue000name\ue001', '$&', ''),
  )
  fc.assert(
    fc.property(word, word, (name, age) => {
      const whole = Buffer.from(String(page(name, age)))
      expect(Buffer.from(filled(site, { name, age }).plain())).toEqual(whole)
      expect(gunzipSync(filled(site, { name, age }).gzip())).toEqual(whole)
      const marked = filled(site, { name, age: <time>{age}</time> })
      expect(marked.plain()).toBe(String(page(name, <time>{age}</time>)))
    }),
  )
})
