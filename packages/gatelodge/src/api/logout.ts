import { logOutHere } from '../capabilities/login/logout.tsx'
import { clearSiteData } from '../web/http/headers.ts'
import { bearerToken } from '../web/session/bearer.ts'
import { done } from './answers.ts'
import { operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const logOut = operation({
  id: 'logOut',
  method: 'POST',
  path: '/logout',
  who: 'anyone',
  body: nothing,
  answers: { 204: null },
  problems: [],
  async answer(c) {
    await logOutHere(c)
    return bearerToken(c) === undefined ? clearSiteData(done(c)) : done(c)
  },
})
