// Which step comes next: the first one of the list that says so.
import type { Login } from '../../identity/logins/login.ts'
import type { Context } from '../http/context.ts'
import { deviceOf } from './device-cookie.ts'
import type { Step } from './step.ts'

/** @returns undefined where nothing is due any more, so that the session may start. */
export async function dueStep(
  c: Context,
  { account, way, methods }: Pick<Login, 'account' | 'way' | 'methods'>,
): Promise<Step | undefined> {
  const services = c.get('services')
  const { settings } = services
  const question = { account, proof: { way, methods }, device: deviceOf(c), settings, services }
  for (const step of c.get('steps')) if (await step.isDue(question)) return step
  return undefined
}
