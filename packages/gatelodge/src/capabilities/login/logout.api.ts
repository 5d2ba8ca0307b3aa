import { done } from '../../api/answers.ts'
import { operation } from '../../api/operation.ts'
import { nothing } from '../../api/shapes.ts'
import { clearSiteData } from '../../web/http/headers.ts'
import { bearerToken } from '../../web/session/bearer.ts'
import { logOutHere } from './logout.routes.tsx'

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
