// Loaded into the product before it starts (node --import): writes down every module that it loads, a URL a line; and what it
// makes of the `Intl` that brings most data with it.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

for (const name of ['NumberFormat', 'DateTimeFormat', 'Segmenter', 'Collator'] as const) {
  const note = () => appendFileSync(process.env.LOADED_FILES ?? '', `Intl.${name}\n`)
  Object.defineProperty(Intl, name, {
    value: new Proxy(Intl[name], {
      construct(target, values) {
        note()
        return Reflect.construct(target, values)
      },
      get(target, property) {
        note()
        return Reflect.get(target, property)
      },
    }),
  })
}

registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(process.env.LOADED_FILES ?? '', `${url}\n`)
    return nextLoad(url, context)
  },
})
