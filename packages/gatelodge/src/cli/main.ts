#!/usr/bin/env node
// The command line: `gatelodge COMMAND`. Exit code 0: done; 1: could not be done; 2: called or configured wrongly.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Compiled code is kept beside the code itself (where that may be written), which takes a third off each later start.
enableCompileCache(fileURLToPath(new URL('../.cache', import.meta.url)))
const { run } = await import('./run.ts')

process.exitCode = await run(process.argv.slice(2))
