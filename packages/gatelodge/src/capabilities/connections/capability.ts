import { providerPaths } from '../../paths.ts'
import type { Capability } from '../capability.ts'
import { accountRow } from './account-row.tsx'
import { emails } from './emails.ts'
import { events } from './events.ts'
import { NewcomerForm, RemoveConnectionForm } from './form.ts'
import { limits } from './limits.ts'
import { logInWithProvider } from './login.api.ts'
import { connectionLogin } from './login.routes.tsx'
import { newcomers } from './newcomer.routes.tsx'
import { connectionPages } from './owner.routes.tsx'

export const connections: Capability = {
  name: 'connections',
  routes: [connectionLogin, newcomers, connectionPages],
  forms: { 'connection, register': NewcomerForm, 'connection, remove': RemoveConnectionForm },
  operations: [logInWithProvider],
  events,
  limits,
  emails,
  accountRows: [accountRow],
  anySite: ({ connections }) =>
    connections.settings.filter(({ kind }) => kind === 'apple').map(({ name }) => providerPaths.callback(name)),
}
