// Carries lines of the log to stdout without ever waiting for it. While it takes none (a full disk, a reader that is slow or
// gone), some lines wait, the others are dropped and counted, and the next line that gets through says how many.
import { fstatSync, write as writeFile, writeSync } from 'node:fs'
import { type Milliseconds, seconds } from './time.ts'

export interface Lines {
  write(line: string): void
  /** Waits half a second at most. @returns whether all is written. */
  flush(): Promise<boolean>
  /** Takes what waits, for a process that ends at once. */
  take(): string
}

/** Writes some of it, and says how many bytes. */
export type Write = (bytes: Buffer, done: (error: NodeJS.ErrnoException | null, written: number) => void) => void

/** Some 5,000 lines. */
const mostWaiting = 1024 * 1024
// A write for each line would cost as much as the rest of a page.
const batch = { bytes: 32 * 1024, every: 200 satisfies Milliseconds }
const pauseAfterFailure: Milliseconds = seconds(1)
const longestFlush: Milliseconds = 500

export function createLines(write: Write, pause: Milliseconds = pauseAfterFailure): Lines {
  let waiting: string[] = []
  let size = 0
  /** Lines that are gone, and of them those that the batch under way speaks of. */
  let dropped = 0
  /** Handed over and not yet written. */
  let underWay: Buffer | undefined
  let timer: NodeJS.Timeout | undefined
  /** The last thing written is a part of a line. */
  let isCut = false
  let flushed: (() => void)[] = []

  function start(): void {
    clearTimeout(timer)
    timer = undefined
    if (underWay) return
    if (waiting.length === 0 && dropped === 0) {
      settle()
      return
    }
    const lines = waiting
    const spokenOf = dropped
    waiting = []
    size = 0
    const logEvent = spokenOf > 0 ? noteOf(spokenOf) : ''
    send(Buffer.from((isCut ? '\n' : '') + logEvent + lines.join('')), (unwritten) => {
      // The lines stand last, so what is missing of them ends with the bytes.
      const ends = countOf(unwritten)
      dropped += Math.min(ends, lines.length)
      if (ends <= lines.length) dropped -= spokenOf
      if (unwritten.length > 0) later(pause)
      else if (waiting.length > 0) start()
      else settle()
    })
  }

  function send(bytes: Buffer, done: (unwritten: Buffer) => void): void {
    underWay = bytes
    write(bytes, (error, written) => {
      const rest = bytes.subarray(written)
      if (written > 0) isCut = bytes[written - 1] !== lineFeed
      // No room at this moment: the same bytes again, and nothing is lost.
      if (error?.code === 'EAGAIN') return void setTimeout(send, pause, rest, done).unref()
      if (!error && rest.length > 0) return send(rest, done)
      underWay = undefined
      done(rest)
    })
  }

  function later(time: Milliseconds): void {
    timer ??= setTimeout(start, time).unref()
    settle()
  }

  function settle(): void {
    for (const one of flushed) one()
    flushed = []
  }

  return {
    write(line) {
      if (size + line.length > mostWaiting) {
        dropped += 1
        return
      }
      waiting.push(line)
      size += line.length
      if (size >= batch.bytes && dropped === 0) start()
      else timer ??= setTimeout(start, dropped === 0 ? batch.every : pause).unref()
    },
    async flush() {
      await new Promise<void>((resolve) => {
        const impatience = setTimeout(resolve, longestFlush)
        flushed.push(() => {
          clearTimeout(impatience)
          resolve()
        })
        start()
      })
      return !underWay && waiting.length === 0
    },
    take() {
      const lines = waiting.join('')
      waiting = []
      return lines
    },
  }
}

const lineFeed = 10

function countOf(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte === lineFeed) count += 1
  return count
}

function noteOf(lines: number): string {
  return `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lines, msg: 'log.dropped' })}\n`
}

let stdout: Lines | undefined

/** Lines to stdout, whatever it is: the same for all who ask. */
export function linesToStdout(): Lines {
  stdout ??= openStdout()
  return stdout
}

function openStdout(): Lines {
  const kind = fstatSync(1)
  // A pipe that nobody reads would hold a thread that passwords need. The stream of Node waits for it without one.
  const isStream = kind.isFIFO() || kind.isSocket()
  // When the reader of the pipe has gone, Node emits an error here as well as at each write. Without a listener the
  // process would end.
  if (isStream) process.stdout.on('error', () => {})
  const lines = createLines(isStream ? toStream : toFile)
  process.once('exit', () => {
    try {
      writeSync(1, lines.take())
    } catch {
      // No room: a process that ends does not wait for it.
    }
  })
  return lines
}

const toFile: Write = (bytes, done) => writeFile(1, bytes, (error, written) => done(error, error ? 0 : written))

const toStream: Write = (bytes, done) =>
  void process.stdout.write(bytes, (error) => done(error ?? null, error ? 0 : bytes.length))
