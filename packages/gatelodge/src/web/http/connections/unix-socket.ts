// Listens at a path of the disk in place of a port.
import { chmodSync, existsSync, linkSync, lstatSync, renameSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { dirname } from 'node:path'

/**
 * The socket of a process that was killed is replaced; one at which a process still answers is not.
 * @param mode of the file: those who may write to it may connect.
 * @returns what removes the file, if it is still this one.
 * @throws {Error} where the path cannot be used (`code` EADDRINUSE, EEXIST, EACCES, ENOENT ...).
 */
export async function listenAtPath(server: Server, path: string, mode: number): Promise<() => void> {
  // Under another name first. So it appears with its mode, and at its stop Node removes that name only: at the path there may
  // be the socket of another process by then.
  const draft = besides(path)
  // Of a folder that does not exist, Node says that we may not write to it.
  if (!existsSync(dirname(path))) throw failure('ENOENT', `the folder of ${path} does not exist`)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(draft, resolve)
  })
  try {
    chmodSync(draft, mode)
    const own = lstatSync(draft).ino
    await place(draft, path)
    return () => inodeAt(path) === own && rmSync(path, { force: true })
  } catch (error) {
    server.close()
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** A name that no other process of this machine takes: no two ask at the same nanosecond. */
const besides = (path: string) => `${path}.${process.hrtime.bigint().toString(36)}`

/** A link, unlike a rename, replaces nothing. */
async function place(draft: string, path: string): Promise<void> {
  try {
    return linkSync(draft, path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
  await removeIfDead(path)
  linkSync(draft, path)
}

async function removeIfDead(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return
  if (!found.isSocket()) throw failure('EEXIST', `${path} is there and is no socket`)
  if (await isAnswered(path)) throw failure('EADDRINUSE', `another process answers at ${path}`)
  // Two that start together: what is moved away now may be the other's new socket, and goes back.
  const aside = besides(path)
  renameSync(path, aside)
  if (lstatSync(aside).ino !== found.ino) renameSync(aside, path)
  else rmSync(aside)
}

/** Only a refusal says that nobody listens: a full queue, or a socket that we may not use, has an owner. */
function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(true))
    socket.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(error) ?? '')))
    socket.once('connect', () => socket.destroy())
  })
}

const inodeAt = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.ino

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

const failure = (code: string, message: string) => Object.assign(new Error(message), { code })
