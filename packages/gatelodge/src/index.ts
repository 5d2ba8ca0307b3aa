// What other programs may import.
export { createGatelodge, type Gatelodge } from './inside/gatelodge.ts'
export type { Config } from './inside/settings.ts'
export type { Asking, Who } from './inside/who.ts'
