// One event, one line, on stdout: JSON for machines, short text on a terminal.
import { isatty } from 'node:tty'
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import type { Settings } from './config/schema.ts'
import { linesToStdout } from './log-lines.ts'
import { printable } from './printable.ts'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'> & {
  /** Waits half a second at most. @returns whether all is written; false: stdout takes nothing now. */
  written(): Promise<boolean>
}

/** @param destination where lines go; stdout unless a test wants to read them. */
export function createLog(settings: Pick<Settings, 'logLevel' | 'mode'>, destination?: DestinationStream): Log {
  const forPeople = !destination && settings.mode === 'development' && isatty(1)
  const lines = destination || forPeople ? undefined : linesToStdout()
  const stream = destination ?? lines ?? { write: (line: string) => process.stdout.write(spoken(line)) }
  const log = pino(
    {
      level: settings.logLevel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
      serializers: { err: described },
    },
    stream,
  )
  return Object.assign(log, { written: async () => (lines ? lines.flush() : true) })
}

/** An error of the database brings its statement along, with what was to be stored in it: that stays out. */
function described(thrown: unknown) {
  // Code of others may throw anything.
  if (!(thrown instanceof Error)) return { message: String(thrown) }
  const { name, code, errno, message, stack } = thrown as Error & { code?: string; errno?: number }
  // "Duplicate entry '…'": the message itself holds the value.
  const words = errno === 1062 ? {} : { message, stack }
  return { type: name, code, errno, ...words }
}

const colours: Record<string, string> = { debug: '2', info: '36', warn: '33', error: '31' }

/** `09:41:07 login.failed reason=wrong` */
function spoken(line: string): string {
  const { time, level, msg, request: _, err, ...rest } = JSON.parse(line)
  const details = Object.entries(rest).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  const colour = process.env.NO_COLOR ? '' : `\x1b[${colours[level] ?? '0'}m`
  const plain = process.env.NO_COLOR ? '' : '\x1b[0m'
  const stack = err?.stack ? `\n${err.stack}` : ''
  return `${time.slice(11, 19)} ${colour}${msg}${plain} ${printable(details.join(' '))}${stack}\n`
}
