// The site's logo inside an email: attached to it, because a picture from elsewhere would tell that the email was read, and many
// programs show none. Mail programs show PNG and JPEG; where the logo is something else, the name stands alone.
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'

export interface EmailLogo {
  content: Buffer
  type: 'image/png' | 'image/jpeg'
  /** As it is shown, in pixels: Outlook for Windows needs both. */
  width: number
  height: number
}

/** By which the markup names the attachment. */
export const logoId = 'logo@gatelodge'

/** Each email carries it. */
const mostBytes = 64 * 1024
const shown = { height: 32, mostWidth: 240 }

const types: Record<string, EmailLogo['type']> = { '.png': 'image/png', '.jpg': 'image/jpeg' }

const read = new Map<string, EmailLogo | undefined>()

/** @returns undefined where there is none that fits into an email. Each file is read once. */
export function emailLogo(siteLogo: string | undefined): EmailLogo | undefined {
  if (!siteLogo) return undefined
  if (!read.has(siteLogo)) read.set(siteLogo, readLogo(siteLogo))
  return read.get(siteLogo)
}

function readLogo(path: string): EmailLogo | undefined {
  const type = types[extname(path).toLowerCase()]
  const content = type && contentOf(path)
  const size = content && (type === 'image/png' ? sizeOfPng(content) : sizeOfJpeg(content))
  if (!size || content.length > mostBytes) return undefined
  const scale = Math.min(shown.height / size.height, shown.mostWidth / size.width)
  const pixels = (length: number) => Math.max(1, Math.round(length * scale))
  return { content, type, width: pixels(size.width), height: pixels(size.height) }
}

/** It was there when the settings were read. An email is not held up by a picture. */
function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

interface Size {
  width: number
  height: number
}

/** The first chunk of a PNG is its head (PNG, third edition, 11.2.1). */
function sizeOfPng(file: Buffer): Size | undefined {
  if (file.length < 24 || file.toString('latin1', 1, 4) !== 'PNG') return undefined
  return something({ width: file.readUInt32BE(16), height: file.readUInt32BE(20) })
}

/** Walks over the segments to the start of the frame (ITU-T T.81, B.2.2). */
function sizeOfJpeg(file: Buffer): Size | undefined {
  let at = 2
  while (at + 9 < file.length && file[at] === 0xff) {
    const marker = file[at + 1] ?? 0
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return something({ height: file.readUInt16BE(at + 5), width: file.readUInt16BE(at + 7) })
    at += 2 + file.readUInt16BE(at + 2)
  }
  return undefined
}

const something = (size: Size) => (size.width > 0 && size.height > 0 ? size : undefined)
