// Every page works without these; each makes one thing better.
import './focus-summary.ts'
import './send-once.ts'
import './show-password.ts'
