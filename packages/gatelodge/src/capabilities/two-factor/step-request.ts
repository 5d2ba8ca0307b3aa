// The log-in under way, as the rules of its steps need it.
import type { LoginUnderWay } from '../../identity/logins/storage.ts'
import type { Context } from '../../web/http/context.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { deviceOf } from '../../web/session/device-cookie.ts'
import { continueLogin, type Passed } from '../../web/session/login-under-way.ts'
import type { StepRequest } from './rules.ts'

export function stepRequest(c: Context, login: LoginUnderWay): StepRequest {
  return {
    ...{ login, device: deviceOf(c), source: requestSourceOf(c) },
    goOn: <R>(passed: Passed<R>) => continueLogin<R>(c, login, passed),
  }
}
