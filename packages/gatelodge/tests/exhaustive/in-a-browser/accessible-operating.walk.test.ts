// Pages of those who run the site, and of whom they invite: everyone can use them, in every state. A sample is every sixtieth.
import { everyoneCanUse } from '../../support/everyone-can-use.ts'
import { operating } from '../../support/states.ts'
import { sampled } from '../../support/walk.ts'

everyoneCanUse(sampled(operating, 60))
