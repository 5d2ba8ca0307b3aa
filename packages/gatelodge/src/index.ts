// What other programs may import.

export type { CustomFieldInput as RegistrationField } from './config/custom-fields.ts'
export type { SettingOptions as GatelodgeSettings } from './config/options.ts'
export type { Connection, Gatelodge, GatelodgeOptions } from './embed/contract.ts'
export { createGatelodge } from './embed/gatelodge.ts'
export type { Guarded } from './embed/guarded.ts'
export type { LogoutForm } from './embed/log-out.ts'
export { GatelodgeRefusal } from './embed/managed.ts'
export type {
  AccountChanges,
  AccountsQuery,
  AccountToCreate,
  ManagedAccount,
  ManagedGroup,
  ManagedSession,
} from './embed/managed-contract.ts'
export type { LoggedIn, TestLogin, TestPerson } from './embed/test-login.ts'
export type { Asking, Who } from './embed/who.ts'
export type { AccountEvent, HookRequest, Hooks, Newcomer, RegistrationRefusal } from './hooks/hooks.ts'
export type { SlotPage, Slots } from './hooks/slots.ts'
export type { PublicAccount } from './identity/accounts/public-account.ts'
export type { PasswordVerifier } from './identity/passwords/foreign/verify.ts'
export type { Words } from './text/text-overrides.ts'
