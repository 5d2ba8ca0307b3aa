// What other programs may import.

export type { SettingOptions as GatelodgeSettings } from './config/options.ts'
export type { OwnFieldInput as RegistrationField } from './config/own-fields.ts'
export type { AccountEvent, HookRequest, Hooks, Newcomer, RegistrationRefusal } from './hooks/hooks.ts'
export type { SlotPage, Slots } from './hooks/slots.ts'
export type { ToldAccount } from './identity/accounts/told.ts'
export type { Connection, Gatelodge, GatelodgeOptions } from './inside/contract.ts'
export { createGatelodge } from './inside/gatelodge.ts'
export type { Guarded } from './inside/guarded.ts'
export type { LogoutForm } from './inside/log-out.ts'
export type { LoggedIn, TestLogin, TestPerson } from './inside/test-login.ts'
export type { Asking, Who } from './inside/who.ts'
export type { Words } from './text/own-words.ts'
