// Every address of ours, as a person or a program writes it.

export const paths = {
  home: '/',
  register: '/register',
  login: '/login',
  logout: '/logout',
  account: '/account',
  changePassword: '/account/password',
  alive: '/health/alive',
  ready: '/health/ready',
} as const

/** The login (or registration) page that leads back to where somebody wanted to go. */
export function withReturn(path: string, returnTo: string | undefined): string {
  return returnTo ? `${path}?return_to=${encodeURIComponent(returnTo)}` : path
}
