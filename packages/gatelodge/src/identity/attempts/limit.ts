// The limit of one kind of act, as a capability declares it: how many tries there are, and when the count starts again.
import type { Settings } from '../../config/schema.ts'
import type { Budget } from './budgets.ts'

export type Limit = (settings: Settings) => Budget
