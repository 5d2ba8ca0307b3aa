// How much keys may do, and how often they may be refused. docs/security/limits.md lists these.
import { days, hours, type Milliseconds, minutes } from '../../time.ts'
import type { Budget } from '../attempts/budgets.ts'

/** Refusals under one key, account or network. Beyond it nothing more is written down. */
export const refusals: Budget = { free: 100, memory: hours(1) }

/** Changes by one key. */
export const changes: Budget = { free: 600, memory: minutes(1) }

export const shortestLife: Milliseconds = hours(1)
export const usualLife: Milliseconds = days(90)
export const longestLife: Milliseconds = days(365)
