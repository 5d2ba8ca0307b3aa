// What an operation is: one description, from which come its route, its place in the document and in the client. After a
// change of one, `npm run client` writes the client again.
import type { z } from 'zod'
import type { Scope } from '../identity/keys/scopes.ts'
import type { Messages } from '../text/messages.ts'
import type { FormShape } from '../web/forms/form.ts'
import type { Context } from '../web/http/context.ts'
import type { ProblemCode } from '../web/http/problem-codes.ts'
import type { FieldKey } from './described.ts'

export type OperationId = keyof Messages['api']['operations']

export interface Operation<Body extends z.ZodObject = z.ZodObject> {
  id: OperationId
  method: 'GET' | 'POST'
  /** Below /api/v1. */
  path: string
  /** `key`: an API key, and no session; see `admin`. `factor-lately-proved`: it asks for the password itself, and for a recent proof where there is a second factor. */
  who: 'anyone' | 'visitor' | 'logged-in' | 'factor-lately-proved' | 'recently-authenticated' | 'key'
  /** Of those for keys: what the key must be allowed to do. */
  admin?: { scope: Scope }
  /** Shape only; what a field may hold is for the rules to judge. */
  body: Body
  /** What the address of a GET may carry behind "?", each as text, by its key in `api.fields` of the catalogue. */
  query?: Record<string, FieldKey>
  /** The registration fields of the site's own come beside those of the body. */
  takesCustomFields?: true
  /** What it answers when all is well, by status; null: nothing but the status. */
  answers: Record<number, z.ZodType | null>
  /** What else it may answer, beside what its method, its body and its `who` bring along. */
  problems: ProblemCode[]
  /** Reads, asks the rule, answers. */
  answer(c: Context, input: z.output<Body>): Response | Promise<Response>
}

/** Lets the compiler see that `answer` takes what `body` gives, and that each of its fields has its sentences. */
export function operation<Body extends z.ZodObject>(
  described: Operation<Body> & { body: FormShape<z.output<Body>> },
): Operation {
  return described as unknown as Operation
}
