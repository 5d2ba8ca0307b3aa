// People with accounts, who fill in the forms as a browser would: page first, then the form.
import { type Answer, Connection } from './connection.ts'
import { type Client, check } from './load.ts'
import { type Fields, get, post } from './requests.ts'

let count = 0

/** Someone nobody has met before. */
export function someone(): Fields {
  count += 1
  return { name: 'Ada Lovelace', email: `ada-${process.pid}-${count}@example.org`, password: 'violet tram lamp' }
}

/** Registers that many people, one after another. */
export async function registerPeople(port: number, many: number): Promise<Fields[]> {
  const people = Array.from({ length: many }, someone)
  await register(port, people)
  return people
}

export async function register(port: number, people: Fields[]): Promise<void> {
  const queue = [...people]
  const registration = await formClient(port, '/register', () => queue.shift() as Fields)
  for (const _ of people) await ask(port, registration)
}

/** @returns the session cookie of someone who has just logged in. */
export async function logIn(port: number, { email = '', password = '' }: Fields): Promise<string> {
  const answer = await ask(port, await formClient(port, '/login', () => ({ email, password })))
  return cookiesOf(answer).find((cookie) => /^(__Host-)?gatelodge(-\d+)?=/.test(cookie)) ?? ''
}

/** A browser that opens a form once and then sends it again and again, each time with what `fill` gives. */
export async function formClient(port: number, path: string, fill: () => Fields): Promise<Client> {
  await ask(port, { next: () => get(path, { 'accept-encoding': 'identity' }), expects: 'HTTP/1.1 200 ' })
  // The answer to input that is not right is a 303 as well, but to the form itself.
  return { next: () => post(path, fill(), {}), expects: '\r\nlocation: /account' }
}

async function ask(port: number, client: Client): Promise<Answer> {
  const connection = await Connection.open(port)
  try {
    const answer = await connection.send(client.next())
    check(answer, client)
    return answer
  } finally {
    connection.close()
  }
}

function cookiesOf({ head }: Answer): string[] {
  return [...head.matchAll(/\r\nset-cookie: ([^;\r]+)/gi)].map((match) => match[1] ?? '')
}
