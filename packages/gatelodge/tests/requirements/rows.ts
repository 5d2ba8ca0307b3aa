// The requirements as rows.txt lists them.
import { readFileSync } from 'node:fs'

export type State = 'later' | 'not ours' | 'by design'

export interface Row {
  id: string
  level: 1 | 2 | 3
  chapter: string
  /** In our text overrides; rows that share a reason have none. */
  asks: string
  /** Without a state it is a test that proves it. */
  state?: State
  reason?: string
  /** Of several ids on one line: the first stands for all on the page. */
  group: string[]
}

const line = /^((?:V\d+\.\d+\.\d+ )+)([123])(?: ([^|]+?))?(?: \| (later|not ours|by design): (.+))?$/

export const rows: Row[] = readFileSync(new URL('rows.txt', import.meta.url), 'utf8')
  .split(/^# /m)
  .slice(1)
  .flatMap(chapterRows)

function chapterRows(part: string): Row[] {
  const [chapter = '', ...lines] = part.split('\n')
  return lines
    .filter((text) => text !== '')
    .flatMap((text) => {
      const match = line.exec(text)
      if (!match) throw new Error(`rows.txt: this line has another form: ${text}`)
      const [, ids = '', level, asks = '', state, reason] = match
      const group = ids.trim().split(' ')
      const shared = { level: Number(level) as Row['level'], chapter, asks, group }
      return group.map((id) => ({ id, ...shared, ...(state && { state: state as State, reason: reason ?? '' }) }))
    })
}
