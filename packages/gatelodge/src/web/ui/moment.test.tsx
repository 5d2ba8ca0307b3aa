import { describe, expect, it } from 'vitest'
import { createText } from '../../text/text.ts'
import { days, hours, minutes, seconds } from '../../time.ts'
import type { Site } from '../site/site.ts'
import { Moment } from './moment.tsx'

const site = { text: createText() } as Site
const now = Date.UTC(2026, 10, 22, 9, 41)

describe('A moment', () => {
  it.each([
    [0, 'just now'],
    [seconds(59), 'just now'],
    [minutes(1), '1 minute ago'],
    [minutes(59), '59 minutes ago'],
    [hours(5), '5 hours ago'],
    [days(1), 'yesterday'],
    [days(3), '3 days ago'],
    [days(40), 'last month'],
    [days(800), '2 years ago'],
    [-hours(1), 'just now'],
  ])('%i ms ago reads %s, with the exact time beside it', (age, words) => {
    const html = String(<Moment site={site} at={now - age} now={now} />)
    const exact = new Date(now - age).toISOString()
    expect(html).toBe(
      `<time datetime="${exact}" title="${exact.slice(0, 10)} ${exact.slice(11, 16)} UTC">${words}</time>`,
    )
  })
})
