// `gatelodge account sessions ADDRESS`, `gatelodge account groups ADDRESS` and `gatelodge account log-out ADDRESS`
import { endSession, endSessions } from '../capabilities/admin/sessions.rules.ts'
import { type ListedDevice, listDevices } from '../capabilities/devices/rules.ts'
import { deviceName } from '../text/device-name.ts'
import { actVerb } from './acts.ts'
import { asJson, iso, moment, printJson, table } from './output.ts'
import type { Verb } from './verbs.ts'
import { findAccount } from './whose.ts'

/** Nobody asks from a session of their own. */
const tokenHash = Buffer.alloc(32)

export const sessionsVerb: Verb = {
  words: 'ADDRESS',
  summary: 'list where the account is logged in, used last in front',
  options: [asJson],
  async run(asked) {
    const account = await findAccount(asked, asked.words[0] ?? '')
    if (typeof account === 'number') return account
    const devices: ListedDevice[] = []
    for (let before: string | undefined = ''; before !== undefined; ) {
      const page = await listDevices(asked.services, { account, tokenHash }, { before })
      devices.push(...page.devices)
      before = page.next
    }
    const { text } = asked.services
    if (asked.options.json !== undefined) printJson(devices.map(deviceAsJson))
    else {
      const rows = devices.map((one) => [
        ...[one.id, deviceName(text, one.device), one.clientAddress, moment(one.since), moment(one.lastUsed)],
      ])
      const heads = ['ID', 'DEVICE', 'IP ADDRESS', 'LOGGED IN', 'LAST USED']
      console.log(rows.length > 0 ? table([heads, ...rows]) : `${account.email} is logged in nowhere.`)
    }
    return 0
  },
}

const deviceAsJson = ({ id, device, clientAddress, since, lastUsed }: ListedDevice) => ({
  ...{ id, device, ip_address: clientAddress, logged_in_at: iso(since), last_used_at: iso(lastUsed) },
})

export const groupsVerb: Verb = {
  words: 'ADDRESS',
  summary: 'list the groups of the account',
  options: [asJson],
  async run(asked) {
    const account = await findAccount(asked, asked.words[0] ?? '')
    if (typeof account === 'number') return account
    if (asked.options.json !== undefined) printJson(account.groups)
    else console.log(account.groups.join('\n') || `${account.email} is in no group.`)
    return 0
  },
}

const everywhere = actVerb(endSessions, {
  summary: 'log out all devices',
  says: (_, { email }) => `All devices of ${email} are logged out.`,
})

const one = actVerb(endSession, {
  summary: 'log out one device',
  input: async ({ options }) => ({ session: options.session }),
  says(outcome, { email }) {
    if (outcome.kind === 'no-session') return { failed: `${email} has no such session.` }
    return `The device of ${email} is logged out.`
  },
})

export const logOutVerb: Verb = {
  ...everywhere,
  summary: 'log out all devices, or one',
  options: [
    { name: 'session', value: 'ID', about: 'only that one, by its id in `account sessions`' },
    ...(everywhere.options ?? []),
  ],
  run: (asked) => (asked.options.session === undefined ? everywhere : one).run(asked),
}
