// Giving up a log-in under way: its row is deleted, so that its token is worthless at once.
import type { Context } from '../http/context.ts'
import { forgetLoginToken } from './login-cookie.ts'
import { loginUnderWay } from './login-under-way.ts'

export async function cancelLogin(c: Context, loginToken?: string): Promise<void> {
  const { database, loginsUnderWay } = c.get('services')
  const login = await loginUnderWay(c, loginToken)
  if (login) await loginsUnderWay.cancel(database.db, login)
  if (!loginToken) forgetLoginToken(c)
}
