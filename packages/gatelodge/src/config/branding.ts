// The site's own look: a colour that can be read, and files that every page loads.
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { z } from 'zod'

export interface BrandColor {
  light: string
  dark: string
}

/** Our cards, by day and by night: what is written in the colour stands on them. */
const cards = { light: '#ffffff', dark: '#181d1a' }
/** WCAG 2.2, 1.4.3. */
const readable = 4.5

/** `#1f6f54`, or one for the day and one for the night: `#1f6f54, #7fd1b0`. */
export const brandColor = z.string({ error: 'a colour such as #1f6f54' }).transform((given, context): BrandColor => {
  const [light = '', dark, ...more] = given
    .toLowerCase()
    .split(',')
    .map((one) => one.trim())
  const isForm = [light, dark ?? light].every((one) => /^#[\da-f]{6}$/.test(one)) && more.length === 0
  if (!isForm) return refuse(context, 'a colour such as #1f6f54, or two: #1f6f54, #7fd1b0')
  const nearby = { light: mixedUntilReadable(light, '#000000', cards.light), dark: '' }
  nearby.dark = mixedUntilReadable(dark ?? light, '#ffffff', cards.dark)
  if (nearby.light !== light) return refuse(context, `a colour that can be read on white, such as ${nearby.light}`)
  if (dark && nearby.dark !== dark)
    return refuse(context, `a second colour that can be read on black, such as ${nearby.dark}`)
  return nearby
})

/** For what is written on the colour itself. */
export function onColor(color: string): string {
  return contrast(color, '#ffffff') >= readable ? '#ffffff' : '#000000'
}

/** A file that is read at start and sent to every browser. */
export function ownFile(extensions: string[], mostBytes: number) {
  const allowed = `a file that this process can read, ${extensions.join(', ')}, of ${mostBytes / 1024} KiB at most`
  return z
    .string({ error: allowed })
    .refine((path) => extensions.includes(extname(path).toLowerCase()) && sizeOf(path) <= mostBytes, {
      error: allowed,
    })
}

function sizeOf(path: string): number {
  try {
    return readFileSync(path).byteLength
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message })
  return z.NEVER
}

function mixedUntilReadable(color: string, towards: string, ground: string): string {
  let mixed = color
  for (let share = 0.04; contrast(mixed, ground) < readable; share += 0.04) mixed = mix(color, towards, share)
  return mixed
}

function mix(color: string, towards: string, share: number): string {
  const [from, to] = [channels(color), channels(towards)]
  const mixed = from.map((value, at) => Math.round(value + ((to[at] ?? 0) - value) * Math.min(1, share)))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((value) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}
