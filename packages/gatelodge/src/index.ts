// What other programs may import.
export type { AccountEvent, HookRequest, Hooks, Newcomer, RegistrationRefusal } from './hooks/hooks.ts'
export type { SlotPage, Slots } from './hooks/slots.ts'
export type { ToldAccount } from './identity/accounts/told.ts'
export { createGatelodge, type Gatelodge } from './inside/gatelodge.ts'
export type { Config } from './inside/settings.ts'
export type { TestLogin, TestPerson } from './inside/test-login.ts'
export type { Asking, Who } from './inside/who.ts'
export type { Words } from './text/own-words.ts'
