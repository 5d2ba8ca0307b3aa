// Draws the icons that must be pixels from the mark, into packages/gatelodge/src/web/styles/: favicon.ico (32 px, for requests
// that browsers make by themselves) and touch-icon.png (180 px, for the home screen of a phone). Run it when the mark changes.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../packages/gatelodge/tests/support/browser.ts'

const styles = fileURLToPath(new URL('../packages/gatelodge/src/web/styles/', import.meta.url))
const mark = readFileSync(`${styles}mark.svg`, 'utf8')
const browser = await launchBrowser()
try {
  writeFileSync(`${styles}favicon.ico`, ico(await drawn(32, 32, 'transparent', mark)))
  writeFileSync(`${styles}touch-icon.png`, await drawn(180, 112, '#1f6f54', mark.replace('#1f6f54', '#ffffff')))
} finally {
  await browser.close()
}

/** A picture of `size` pixels with the mark in its middle. */
async function drawn(size: number, markSize: number, ground: string, svg: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size }, colorScheme: 'light' })
  const look = `margin:0;block-size:100vh;display:grid;place-content:center;background:${ground}`
  await page.setContent(
    `<body style="${look}"><img width="${markSize}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
  )
  await page.waitForFunction('document.images[0]?.complete')
  const picture = await page.screenshot({ omitBackground: true })
  await page.close()
  return picture
}

/** One picture of 32 pixels, as PNG, in the container that every browser reads. */
function ico(png: Buffer): Buffer {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(1, 4)
  head.writeUInt8(32, 6)
  head.writeUInt8(32, 7)
  head.writeUInt16LE(1, 10)
  head.writeUInt16LE(32, 12)
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18)
  return Buffer.concat([head, png])
}
