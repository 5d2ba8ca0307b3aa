#!/usr/bin/env node
// The command line: `gatelodge COMMAND`. Exit code 0: done; 1: could not be done; 2: called or configured wrongly.
import { run } from './run.ts'

process.exitCode = await run(process.argv.slice(2))
