// Whether two answers differ in anything but what differs by chance, by the clock, or by what was typed.
import type { Answer } from './http.ts'

/** @param typed what stands in the answer because the client typed it, or because it names the client. */
export function masked(answer: Answer, ...typed: string[]): string {
  const { date: _date, 'set-cookie': _cookies, 'retry-after': wait, ...headers } = answer.headers
  const cookies = answer.cookies.map((line) => line.replace(/=[^;]*/, ({ length }) => `=(${length})`))
  const waits = wait === undefined ? 'no wait' : 'a wait'
  // Lengths follow the address and the token, which are as long for both.
  return JSON.stringify([answer.status, headers, cookies, waits, maskedText(answer.body, typed)])
}

export function maskedText(text: string, typed: string[]): string {
  const chance =
    /name="form_token" value="[^"]+"|\d{4}-\d\d-\d\dT[\d:.]+Z|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|127(?:\.\d+){3}/g
  return typed.reduce((masking, one) => masking.replaceAll(one, '(typed)'), text.replace(chance, ''))
}

export function difference(left: string, right: string): string {
  const at = [...left].findIndex((message, index) => message !== right[index])
  return `…${left.slice(Math.max(0, at - 10), at + 20)}… / …${right.slice(Math.max(0, at - 10), at + 20)}…`
}
