// Every page works without these; each makes one thing better.
import './carry-fragment.ts'
import './copy-codes.ts'
import './count-down.ts'
import './focus-summary.ts'
import './passkey-loader.ts'
import './send-once.ts'
import './show-password.ts'
import './tidy-address.ts'
