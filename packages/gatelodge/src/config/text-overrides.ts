// Words of the site's own: an object in code, a file of JSON elsewhere.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { faultsOfWords, type Words } from '../text/text-overrides.ts'

export const textOverrides = z
  .union([z.string(), z.custom<Words>((given) => typeof given === 'object' && given !== null)], {
    error: 'texts by their keys',
  })
  .transform((given, context): Words => {
    const words = typeof given === 'string' ? readJson(given) : given
    const faults = words && faultsOfWords(words)
    if (words && faults?.length === 0) return words
    const needed = faults
      ? `texts without these faults (${faults.join('; ')})`
      : 'a JSON file that this process can read'
    const message = `${needed}; \`gatelodge words\` prints all texts`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })

function readJson(path: string): Words | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return typeof content === 'object' && content !== null ? content : undefined
  } catch {
    return undefined
  }
}
