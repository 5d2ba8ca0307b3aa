// `gatelodge doctor`: looks at everything that the site needs, and says what is wrong and what to do.
import { emailAddress } from '../config/mailbox-address.ts'
import { printable } from '../printable.ts'
import type { Call, ExitCode, Option } from './command.ts'
import { database } from './doctor/database.ts'
import { type DoctorFinding, type DoctorInput, takeLook } from './doctor/finding.ts'
import { hashSpeed } from './doctor/hash-speed.ts'
import { hider } from './doctor/hidden.ts'
import { machine } from './doctor/machine.ts'
import { mail } from './doctor/mail.ts'
import { site } from './doctor/site.ts'
import { asJson, printJson } from './output.ts'
import type { Verbs } from './verbs.ts'

const emailTo: Option = {
  name: 'email-to',
  value: 'ADDRESS',
  about: 'ask the mail server about this recipient; nothing is sent. Default: the address of mailFrom',
}

export const verbs: Verbs = {
  '': {
    words: '',
    summary: 'print a line for each check, and what to do; exit code 0: no fault, 1: at least one',
    options: [asJson, emailTo],
    run: ({ call }) => run(call),
  },
}

export async function run({ settings, loaded, options }: Call): Promise<ExitCode> {
  const to = options['email-to']
  if (to !== undefined && !emailAddress.safeParse(to).success) {
    console.error('--email-to needs an email address.')
    return 2
  }
  const findings = await findAll({ settings, sources: loaded.sources, emailTo: to })
  const faults = findings.filter(({ state }) => state === 'fault').length
  if (options.json !== undefined) printJson({ faults, findings })
  else print(findings)
  return faults > 0 ? 1 : 0
}

async function findAll(asked: DoctorInput): Promise<DoctorFinding[]> {
  const looks = [...machine(), ...site, mail, database]
  const found = await Promise.all(looks.map((look) => takeLook(look, asked)))
  // By itself: the others would make it look slow.
  const findings = [...found.flat(), ...(await takeLook(hashSpeed(), asked))]
  const hide = hider(asked.settings)
  return findings.map(({ says, remedy, ...finding }) => ({
    ...finding,
    says: hide(says),
    ...(remedy !== undefined && { remedy: hide(remedy) }),
  }))
}

function print(findings: DoctorFinding[]): void {
  const width = Math.max(...findings.map(({ check }) => check.length))
  for (const { check, state, says, remedy } of findings) {
    console.log(printable(`${state.padEnd(7)}  ${check.padEnd(width)}  ${says}`))
    if (remedy !== undefined) console.log(printable(`${' '.repeat(9)}${' '.repeat(width)}  ${remedy}`))
  }
}
