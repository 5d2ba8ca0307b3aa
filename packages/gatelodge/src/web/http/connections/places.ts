// So many connections are open at once. Where one more comes, the client network that holds most gives one up: so nobody
// alone keeps the others out. An idle connection goes before one that waits for an answer.
import type { ClientConnection } from './connection.ts'

export interface ConnectionPlaces {
  add(connection: ClientConnection): void
  remove(connection: ClientConnection): void
  /** It has been answered: of the idle ones it is now the last to go. */
  renew(connection: ClientConnection): void
  all(): ClientConnection[]
}

/** @param most how many connections may be open. */
export function createPlaces(most: number): ConnectionPlaces {
  /** Of each network, the one that has been idle for longest comes first. */
  const networks = new Map<string, Set<ClientConnection>>()
  let taken = 0

  function remove(connection: ClientConnection): void {
    const held = networks.get(connection.network)
    if (!held?.delete(connection)) return
    taken -= 1
    if (held.size === 0) networks.delete(connection.network)
  }

  function giveUp(): void {
    const loser = chosen()
    if (!loser) return
    remove(loser)
    loser.destroy()
  }

  function chosen(): ClientConnection | undefined {
    let largest = 0
    for (const held of networks.values()) largest = Math.max(largest, held.size)
    let busy: ClientConnection | undefined
    for (const held of networks.values()) {
      if (held.size < largest) continue
      for (const one of held) {
        if (one.isIdle()) return one
        busy ??= one
      }
    }
    return busy
  }

  return {
    add(connection) {
      const held = networks.get(connection.network) ?? new Set()
      networks.set(connection.network, held.add(connection))
      taken += 1
      if (taken > most) giveUp()
    },
    remove,
    renew(connection) {
      const held = networks.get(connection.network)
      if (held?.delete(connection)) held.add(connection)
    },
    all: () => [...networks.values()].flatMap((held) => [...held]),
  }
}
