// What another site could want done, one act for each form of ours, and how to tell whether it was.
import { someone } from '../people.ts'
import type { Target } from '../target.ts'

export interface Act {
  name: string
  path: string
  /** Tells whether it was done. */
  isDone(target: Target, person: Person): Promise<boolean>
  fields(person: Person): Record<string, string>
}

export interface Person {
  email: string
  password: string
  cookie: string
  fresh: string
}

/** An address that nobody else has asked for. */
const nextOf = ({ fresh }: Person) => `${fresh.replaceAll(' ', '')}@example.org`.toLowerCase()
/** The status of the answer is enough. */
const unseen = async () => false
const hasLeft: Act['isDone'] = async (target, { cookie, email }) => (await target.whoIs(cookie)) !== email

/** Forms that are the same for everyone. */
export const isForVisitors = (path: string) =>
  ['/login', '/register', '/register/sent', '/forgot-password'].includes(path)

export const acts: Act[] = [
  {
    name: 'log-out',
    path: '/logout',
    fields: () => ({}),
    isDone: hasLeft,
  },
  {
    name: 'new password',
    path: '/account/password',
    fields: ({ password, fresh }) => ({ current_password: password, new_password: fresh }),
    isDone: hasLeft,
  },
  {
    name: 'new name',
    path: '/account/profile',
    fields: ({ fresh }) => ({ name: fresh }),
    async isDone(target, { cookie, fresh }) {
      return (await target.get('/api/v1/session', { cookie })).body.includes(fresh)
    },
  },
  {
    name: 'new address',
    path: '/account/email',
    fields: (person) => ({ new_email: nextOf(person) }),
    async isDone(target, person) {
      return (await target.get('/account/export', { cookie: person.cookie })).body.includes(nextOf(person))
    },
  },
  { name: 'end of other sessions', path: '/account/devices', fields: () => ({ others: 'yes' }), isDone: unseen },
  {
    name: 'account deletion',
    path: '/account/delete',
    fields: ({ password }) => ({ current_password: password }),
    isDone: hasLeft,
  },
  {
    name: 'confirmation',
    path: '/reauthenticate',
    fields: ({ password }) => ({ current_password: password }),
    isDone: hasLeft,
  },
  { name: 'email again', path: '/verify-email', fields: () => ({}), isDone: unseen },
  {
    name: 'forgotten password',
    path: '/forgot-password',
    fields: ({ email }) => ({ email }),
    isDone: unseen,
  },
  {
    name: 'registration',
    path: '/register',
    fields: () => someone() as unknown as Record<string, string>,
    isDone: unseen,
  },
]
