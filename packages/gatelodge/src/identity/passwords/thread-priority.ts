// Hashing takes all the processor time it can get. Pages are short, so they go first: on Linux each thread has a priority
// of its own, and the threads that hash get a low one. Elsewhere, and where it is not allowed, nothing is lost but this.
import { readdirSync, readFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

let isDone = false

/** Call it when a hash has been asked for: the threads are made for the first one, and stay. */
export function letPagesGoFirst(): void {
  if (isDone || process.platform !== 'linux') return
  isDone = true
  try {
    const workers = readdirSync('/proc/self/task').filter((id) => isWorker(id))
    for (const id of workers) setPriority(Number(id), constants.priority.PRIORITY_LOW)
  } catch {}
}

/** libuv names its threads; the main thread and those of the engine keep their priority. */
function isWorker(id: string): boolean {
  return readFileSync(`/proc/self/task/${id}/comm`, 'utf8').startsWith('libuv-worker')
}
