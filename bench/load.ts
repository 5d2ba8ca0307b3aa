// Sends requests and measures how fast they were answered.
import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, Connection } from './connection.ts'

/** One client: what it asks for next, and what stands in the head of a right answer. */
export interface Client {
  next(): string
  expects: string
}

/** As fast as answers come, each client on a connection of its own. @returns answers per second. */
export async function throughput(port: number, clients: Client[], duration: number): Promise<number> {
  const started = performance.now()
  let answered = 0
  await withConnections(port, clients, async (connection, client) => {
    while (performance.now() - started < duration) {
      check(await connection.send(client.next()), client)
      answered += 1
    }
  })
  return answered / ((performance.now() - started) / 1000)
}

/** A request every few milliseconds on one connection. @returns how long each took, in milliseconds. */
export async function latencies(port: number, client: Client, every: number, duration: number): Promise<number[]> {
  const taken: number[] = []
  await withConnections(port, [client], async (connection) => {
    const started = performance.now()
    while (performance.now() - started < duration) {
      const sent = performance.now()
      check(await connection.send(client.next()), client)
      taken.push(performance.now() - sent)
      await pause(every)
    }
  })
  return taken
}

async function withConnections(
  port: number,
  clients: Client[],
  use: (connection: Connection, client: Client) => Promise<void>,
) {
  const connections = await Promise.all(clients.map(() => Connection.open(port)))
  try {
    await Promise.all(connections.map((connection, index) => use(connection, clients[index] as Client)))
  } finally {
    for (const connection of connections) connection.close()
  }
}

/** A server that fails fast must not look fast. */
export function check({ head, body }: Answer, { expects }: Pick<Client, 'expects'>) {
  if (!head.includes(expects))
    throw new Error(`"${expects.trim()}" was expected, but the answer was:\n${head}\n${body}`)
}

/** Opens the same page again and again. */
export function reader(request: string): Client {
  return { next: () => request, expects: 'HTTP/1.1 200 ' }
}
