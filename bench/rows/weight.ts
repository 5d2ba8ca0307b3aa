// What someone's browser fetches to show the login page, as it comes over the wire.
import { type Answer, Connection } from '../connection.ts'
import { check, reader } from '../load.ts'
import { get } from '../requests.ts'
import type { Bench, Figure, Row } from './row.ts'

export const weight: Row = { name: 'weight', measure }

async function measure({ product: { port } }: Bench): Promise<Figure[]> {
  const readable = await open(port, '/login', { 'accept-encoding': 'identity' })
  const links = [...String(readable.body).matchAll(/<(?:link|script|img)[^>]*? (?:href|src)="([^"]+)"/g)]
  const addresses = [...new Set(links.map((link) => link[1] ?? ''))]
  const own = addresses.filter((address) => address.startsWith('/'))
  let [all, scripts] = [(await open(port, '/login')).body.length, 0]
  for (const address of own) {
    const bytes = (await open(port, address)).body.length
    all += bytes
    if (address.endsWith('.js')) scripts += bytes
  }
  return [
    { what: '/login with all it loads', value: all / 1024, unit: ' KB', goal: { atMost: 14 }, raw: own.join(' ') },
    { what: 'scripts of it', value: scripts / 1024, unit: ' KB', goal: { atMost: 4 } },
    { what: 'files from elsewhere', value: addresses.length - own.length, goal: { atMost: 0 } },
  ]
}

async function open(port: number, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const connection = await Connection.open(port)
  const client = reader(get(path, headers))
  const answer = await connection.send(client.next())
  connection.close()
  check(answer, client)
  return answer
}
