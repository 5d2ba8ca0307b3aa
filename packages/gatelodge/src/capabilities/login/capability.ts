import type { Capability } from '../capability.ts'
import { logIn } from './api.ts'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { LoginForm } from './form.ts'
import { logOut } from './logout.api.ts'
import { logout } from './logout.routes.tsx'
import { login as pages } from './routes.tsx'
import { cancelLogin, continueLogin } from './under-way.api.ts'
import { underWay } from './under-way.routes.tsx'

export const login: Capability = {
  name: 'login',
  routes: [pages, underWay, logout],
  forms: { login: LoginForm },
  operations: [logIn, continueLogin, cancelLogin, logOut],
  events,
  emails,
}
