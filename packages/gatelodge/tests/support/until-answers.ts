// Waits for a site that is starting.
import { setTimeout as pause } from 'node:timers/promises'

/** @throws {Error} after a minute: nothing here takes that long, however busy the machine. */
export async function untilAnswers(url: string, status = 200): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.text()
    if (answer?.status === status) return
    await pause(50)
  }
  throw new Error(`${url} did not answer ${status} within a minute`)
}
