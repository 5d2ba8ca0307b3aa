// One line a second while an import runs: rows done, how many a second, how long it will take.

export interface Progress {
  /** @param share of the whole, from 0 to 1. */
  at(rows: number, share: number): void
  end(): void
}

export interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

const every = 1_000
/** Where nobody watches, a line now and then is enough. */
const everyInFile = 10_000

export function createProgress(screen: Screen, now: () => number): Progress {
  const began = now()
  let last = began
  let isOpen = false
  return {
    at(rows, share) {
      const moment = now()
      if (moment - last < (screen.isTTY ? every : everyInFile)) return
      last = moment
      const text = spell(rows, share, moment - began)
      screen.write(screen.isTTY ? `\r${text}\u001b[K` : `${text}\n`)
      isOpen = screen.isTTY === true
    },
    end() {
      if (isOpen) screen.write('\n')
    },
  }
}

/** @param elapsed in milliseconds. */
export function spell(rows: number, share: number, elapsed: number): string {
  const rate = Math.round((rows * 1000) / Math.max(1, elapsed))
  const left = share > 0 && share < 1 ? `, about ${spellTime((elapsed / share) * (1 - share))} left` : ''
  return `${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')} a second${left}`
}

function spellTime(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
