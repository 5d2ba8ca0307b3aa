import { expect, it } from 'vitest'
import { gluedWords } from './glued.ts'

const pages: [html: string, faults: number][] = [
  ['<body><a href="/">Ada</a><small dir="ltr">ada@example.org</small>', 1],
  ['<body><span><b>Ada</b></span><time datetime="2026">just now</time>', 1],
  ['<body><a href="/">Ada</a> <small>ada@example.org</small>', 0],
  ['<body><span>Linux</span> <span><span class="dot">· </span><span dir="ltr">::1</span></span>', 0],
  ['<body><p>Ada</p><p>Grace</p>', 0],
]

it.each(pages)('%s has glued words: %i', (html, faults) => {
  expect(gluedWords(html)).toHaveLength(faults)
})
