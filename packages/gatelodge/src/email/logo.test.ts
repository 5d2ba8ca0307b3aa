// The logo inside an email: attached, never fetched; where the file cannot be shown, the name stands alone.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { deliveryOf, writeEmail } from '../../tests/support/delivery.ts'
import { startMailServer } from '../../tests/support/mail-server.ts'
import { makeApp, throwawayDatabase } from '../../tests/support/make-app.ts'
import { emailLogo } from './logo.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatelodge-logo-'))
let files = 0
const file = (extension: string, content: Buffer | string) => {
  files += 1
  const path = join(folder, `logo-${files}${extension}`)
  writeFileSync(path, content)
  return path
}

/** As much of one as says how large it is. */
function png(width: number, height: number, more = 0): Buffer {
  const head = Buffer.alloc(33 + more)
  head.write('\x89PNG\r\n\x1a\n', 'latin1')
  head.writeUInt32BE(13, 8)
  head.write('IHDR', 12, 'latin1')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return head
}

function jpeg(width: number, height: number): Buffer {
  const application = Buffer.from([0xff, 0xe0, 0, 4, 1, 2])
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), application, frame, Buffer.alloc(8)])
}

it.each([
  ['a square PNG', '.png', png(180, 180), { type: 'image/png', width: 32, height: 32 }],
  ['a wide PNG', '.PNG', png(1_000, 50), { type: 'image/png', width: 240, height: 12 }],
  ['a JPEG', '.jpg', jpeg(600, 200), { type: 'image/jpeg', width: 96, height: 32 }],
])('%s is shown at a size that fits', (_, extension, content, expected) => {
  expect(emailLogo(file(extension, content))).toMatchObject(expected)
})

it.each([
  ['none', undefined],
  ['an SVG, which mail programs do not show', file('.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['a WebP, which Outlook for Windows does not show', file('.webp', png(8, 8))],
  ['one of more than 64 KiB', file('.png', png(8, 8, 65_536))],
  ['one without a size', file('.png', png(0, 8))],
  ['a PNG that is cut off', file('.png', Buffer.from('\x89PNG', 'latin1'))],
  ['a JPEG that is none', file('.jpg', 'no picture at all')],
  ['one that is not there any more', join(folder, 'gone.png')],
])('%s keeps the name as it is', (_, path) => {
  expect(emailLogo(path)).toBeUndefined()
})

it('The email that arrives has the picture inside, and its HTML names it', async () => {
  const mail = await startMailServer()
  const siteLogo = file('.png', png(64, 32))
  const app = await makeApp(throwawayDatabase(), { smtpUrl: mail.url, mailFrom: 'hello@example.org', siteLogo })
  await writeEmail(app)
  const office = deliveryOf(app)
  expect(await office.deliver()).toBe(1)
  await office.close()
  await app.close()
  await mail.close()
  const [{ message } = { message: undefined }] = mail.arrived
  expect(message?.attachments).toMatchObject([{ contentType: 'image/png', cid: 'logo@gatelodge', related: true }])
  expect(message?.attachments[0]?.content).toEqual(png(64, 32))
  const html = String(message?.html)
  // The parser puts the picture where the HTML names it.
  expect(html).toMatch(/<img src="(?:cid:logo@gatelodge|data:image\/png;base64,[^"]+)" width="64" height="32" alt=""/)
  expect(html).not.toMatch(/src="(?!cid:|data:)/)
})
