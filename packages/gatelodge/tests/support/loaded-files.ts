// Loaded into the product before it starts (node --import): writes down every module that it loads, a URL a line.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(process.env.LOADED_FILES ?? '', `${url}\n`)
    return nextLoad(url, context)
  },
})
