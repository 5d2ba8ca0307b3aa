// What an operation of the API promises, held against what it answers.
import type { z } from 'zod'
import type { Operation } from '../../src/api/operation.ts'
import { problemsOf } from '../../src/api/problems.ts'
import { ProblemShape } from '../../src/api/shapes.ts'

/** What came: its JSON, or undefined where there was no body. */
export interface Answer {
  status: number
  headers: Headers
  body: unknown
}

/** Why an answer is not what the operation promises; undefined where it is. */
export function broken(one: Operation, { status, headers, body }: Answer): string | undefined {
  const wrong = (why: string) => `${one.id} answered ${status}: ${why}: ${JSON.stringify(body)}`
  const type = headers.get('content-type')?.split(';')[0]
  if (status >= 500) return wrong('a failure of ours')
  if (status in one.answers) {
    const schema = one.answers[status] as z.ZodType | null
    if (schema === null) return body === undefined ? undefined : wrong('there should be no body')
    if (type !== 'application/json') return wrong(`the type is ${type}`)
    return schema.safeParse(body).success ? undefined : wrong('not its shape')
  }
  const codes = problemsOf(one).get(status) as string[] | undefined
  if (!codes) return wrong('no such status is documented')
  const problem = ProblemShape.safeParse(body)
  if (!problem.success || type !== 'application/problem+json') return wrong('not the shape of a problem')
  if (status === 401 && !headers.get('www-authenticate')?.startsWith('Bearer')) return wrong('no challenge')
  if (status === 429 && !headers.get('retry-after')) return wrong('no Retry-After')
  return codes.includes(problem.data.code) ? undefined : wrong('no such code is documented')
}
