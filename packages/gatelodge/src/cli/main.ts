#!/usr/bin/env node
// The command line: `gatelodge COMMAND`. Exit code 0: done; 1: could not be done; 2: called or configured wrongly.
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { guardTerminal } from './terminal.ts'

if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(`Gatelodge needs Node 24 or later; this is Node ${process.versions.node}.`)
  process.exit(2)
}
// Compiled code is kept beside the code itself (where that may be written), which takes a third off each later start.
module.enableCompileCache(fileURLToPath(new URL('../.cache', import.meta.url)))
const { run } = await import('./run.ts')
guardTerminal()

process.exitCode = await run(process.argv.slice(2))
