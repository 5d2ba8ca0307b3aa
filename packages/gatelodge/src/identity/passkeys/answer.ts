// What a browser or an app sends after a ceremony (WebAuthn Level 3, RegistrationResponseJSON and AuthenticationResponseJSON).
// Bounded before anything reads it, and no field that we do not use.
import { z } from 'zod'
import { longestAnswer } from './limits.ts'

const base64url = z
  .string()
  .max(longestAnswer)
  .regex(/^[\w-]*$/)

/** A credential id has up to 1023 bytes. */
const credentialId = z
  .string()
  .min(1)
  .max(1_364)
  .regex(/^[\w-]+$/)

const NewAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(20).optional(),
  }),
})

const UseAnswer = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
})

export type NewAnswer = z.output<typeof NewAnswer>
export type UseAnswer = z.output<typeof UseAnswer>

/** @param given JSON as a form sends it, or the object as a program does. @returns undefined for anything else. */
export const readNewAnswer = (given: unknown): NewAnswer | undefined => read(NewAnswer, given)
export const readUseAnswer = (given: unknown): UseAnswer | undefined => read(UseAnswer, given)

function read<T>(shape: z.ZodType<T>, given: unknown): T | undefined {
  const result = shape.safeParse(typeof given === 'string' ? parsed(given) : given)
  return result.success ? result.data : undefined
}

function parsed(text: string): unknown {
  if (text.length > 2 * longestAnswer) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
