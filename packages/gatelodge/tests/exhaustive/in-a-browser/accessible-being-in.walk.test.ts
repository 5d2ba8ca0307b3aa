// Pages of the account: everyone can use them, in every state. A sample is every sixtieth.
import { everyoneCanUse } from '../../support/everyone-can-use.ts'
import { beingIn } from '../../support/states.ts'
import { sampled } from '../../support/walk.ts'

everyoneCanUse(sampled(beingIn, 60))
