// What is posted: too much, in other wrappings, in two meanings. Each of them carries a right password, so whatever lets
// its sender in has been read.
import { gzipSync } from 'node:zlib'
import { type Attack, verdict } from '../attack.ts'
import type { Ask } from '../http.ts'
import type { Account } from '../people.ts'
import { sessionOf } from '../target.ts'

interface Wrapping {
  name: string
  asvs: string
  sent: string
  statuses: number[]
  ask(person: Account): Pick<Ask, 'body' | 'headers' | 'chunked'>
}

const json = (person: Account, more = {}) => JSON.stringify({ email: person.email, password: person.password, ...more })
const form = (person: Account) => String(new URLSearchParams({ email: person.email, password: person.password }))
const formType = { 'content-type': 'application/x-www-form-urlencoded' }
const jsonType = { 'content-type': 'application/json' }
const typed = (type: string | string[] | undefined, write = json) => ({
  statuses: [415, 400, 403],
  ask: (person: Account) => ({ body: write(person), headers: type === undefined ? {} : { 'content-type': type } }),
})
const asJson = (write: (person: Account) => string) => ({
  statuses: [400, 422],
  ask: (person: Account) => ({ body: write(person), headers: jsonType }),
})

const wrappings: Wrapping[] = [
  {
    name: 'body of 65 KiB',
    asvs: 'V2.4.1 V15.2.2',
    sent: 'a log-in with 65 KiB beside it',
    statuses: [413],
    ask: (person) => ({ body: json(person, { more: 'a'.repeat(65 * 1024) }), headers: jsonType }),
  },
  {
    name: 'body of 65 KiB in chunks',
    asvs: 'V2.4.1 V15.2.2',
    sent: 'the same without a Content-Length',
    statuses: [413],
    ask: (person) => ({ body: json(person, { more: 'a'.repeat(65 * 1024) }), headers: jsonType, chunked: true }),
  },
  {
    name: 'body: 100,000 fields',
    asvs: 'V2.4.1 V15.2.2',
    sent: 'a form of 100,000 fields',
    statuses: [400, 413],
    ask: (person) => ({ body: form(person) + '&a='.repeat(100_000), headers: formType }),
  },
  {
    name: 'body: 20,000 fields in 60 KB',
    asvs: 'V2.4.1 V15.2.2',
    sent: 'a form of 20,000 fields below the limit of bytes',
    statuses: [400],
    ask: (person) => ({ body: form(person) + '&a='.repeat(20_000), headers: formType }),
  },
  {
    name: 'body: gzip',
    asvs: 'V4.2.1 V15.2.2',
    sent: 'Content-Encoding: gzip',
    statuses: [415, 400],
    ask: (person) => ({ body: gzipSync(json(person)), headers: { ...jsonType, 'content-encoding': 'gzip' } }),
  },
  { name: 'body: no Content-Type', asvs: 'V3.5.2', sent: 'JSON without a type', ...typed(undefined) },
  { name: 'body: JSON as text/plain', asvs: 'V3.5.2', sent: 'Content-Type: text/plain', ...typed('text/plain') },
  {
    name: 'body: two Content-Types',
    asvs: 'V3.5.2',
    sent: 'text/plain and JSON',
    ...typed(['text/plain', 'application/json']),
  },
  {
    name: 'body: two Content-Types in one',
    asvs: 'V3.5.2',
    sent: 'text/plain, application/json',
    ...typed('text/plain, application/json'),
  },
  {
    name: 'body: JSON in a parameter',
    asvs: 'V3.5.2',
    sent: 'text/plain; application/json',
    ...typed('text/plain; application/json'),
  },
  {
    name: 'body: form as multipart',
    asvs: 'V3.5.2',
    sent: 'multipart/form-data',
    ...typed('multipart/form-data; boundary=x', form),
  },
  { name: 'body: JSON in UTF-7', asvs: 'V4.1.1', sent: 'charset=utf-7', ...typed('application/json; charset=utf-7') },
  { name: 'body: XML', asvs: 'V1.5.2', sent: 'application/xml', ...typed('application/xml') },
  {
    name: 'body: a key of JSON twice',
    asvs: 'V1.5.3',
    sent: '{"email":someone,"email":me}',
    ...asJson((person) => json(person).replace('{', '{"email":"nobody@example.org",')),
  },
  {
    name: 'body: a key of JSON twice, spelled differently',
    asvs: 'V1.5.3',
    sent: '{"em\\u0061il":someone,"email":me}',
    ...asJson((person) => json(person).replace('{', '{"em\\u0061il":"nobody@example.org",')),
  },
  {
    name: 'body: a list for a text',
    asvs: 'V15.3.5',
    sent: '{"email":[me]}',
    ...asJson((person) => json(person, { email: [person.email] })),
  },
  {
    name: 'body: an object for a text',
    asvs: 'V15.3.5',
    sent: '{"password":{"0":…}}',
    ...asJson((person) => json(person, { password: { $ne: null, toString: person.password } })),
  },
  {
    name: 'body: null for a text',
    asvs: 'V15.3.5',
    sent: '{"password":null}',
    ...asJson((person) => json(person, { password: null })),
  },
  {
    name: 'body: a number for a text',
    asvs: 'V15.3.5',
    sent: '{"password":0}',
    ...asJson((person) => json(person, { password: 0 })),
  },
  {
    name: 'body: true for a text',
    asvs: 'V15.3.5',
    sent: '{"password":true}',
    ...asJson((person) => json(person, { password: true })),
  },
  {
    name: 'body: a list at the top',
    asvs: 'V15.3.5',
    sent: '[{"email":me}]',
    ...asJson((person) => `[${json(person)}]`),
  },
  {
    name: 'body: __proto__ in JSON',
    asvs: 'V15.3.6',
    sent: '{"__proto__":{"email":me,…}}',
    ...asJson((person) => `{"__proto__":${json(person)}}`),
  },
  {
    name: 'body: constructor in JSON',
    asvs: 'V15.3.6',
    sent: '{"constructor":{"prototype":…}}',
    ...asJson((person) => `{"constructor":{"prototype":${json(person)}}}`),
  },
  {
    name: 'body: JSON 10,000 levels deep',
    asvs: 'V1.5.2',
    sent: '{"remember":[[[…]]],"email":me}',
    ...asJson((person) => json(person).replace('{', `{"remember":${'['.repeat(10_000)}${']'.repeat(10_000)},`)),
  },
  {
    name: 'body: something behind the JSON',
    asvs: 'V1.5.3',
    sent: '{"email":me}{}',
    ...asJson((person) => `${json(person)}{}`),
  },
  {
    name: 'body: JSON with a comment',
    asvs: 'V1.5.3',
    sent: '{/**/"email":me}',
    ...asJson((person) => json(person).replace('{', '{/**/')),
  },
]

const wrapped: Attack[] = wrappings.map(({ name, asvs, sent, statuses, ask }) => ({
  name,
  asvs,
  sent,
  expected: `${statuses.join(' or ')}, no session`,
  async run(target) {
    const { body, headers, chunked } = ask(await target.account('ada'))
    const own = { origin: target.base.origin, accept: 'application/json', ...headers }
    const answer = await target.askTwice({
      method: 'POST',
      // JSON is read at the API, a form at the page.
      path: headers?.['content-type'] === jsonType['content-type'] ? '/api/v1/login' : '/login',
      headers: own,
      ...(body !== undefined && { body }),
      ...(chunked && { chunked }),
    })
    return verdict(statuses.includes(answer.status) && !sessionOf(answer), String(answer.status))
  },
}))

export const bodies: Attack[] = wrapped
