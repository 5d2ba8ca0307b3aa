// Pages of those who come or go: everyone can use them, in every state. A sample is every sixtieth.
import { everyoneCanUse } from '../../support/everyone-can-use.ts'
import { entering } from '../../support/states.ts'
import { sampled } from '../../support/walk.ts'

everyoneCanUse(sampled(entering, 60))
