// Nobody's mailbox is flooded in the site's name. These ask for more emails than there may be, so they run late.
import { type Attack, verdict } from '../attack.ts'
import { spoken } from '../guesses.ts'
import { moving, newOwner, opens, sendForm } from '../links.ts'
import { allEmails, emailsTo, listedTo } from '../mailbox.ts'
import { someone } from '../people.ts'

/** What the product promises: so many emails that someone asks for, to one address and from one client in an hour. */
const mostToOne = 3
const mostFromOne = 20
/** Of one kind of notice, to one account in a day. */
const mostNotices = 10

const made = Array.from({ length: 8 }, (_, index) => `203.0.113.${index + 1}`)

/** Whatever a site might believe about who is calling. */
const pretending = (address: string) => ({
  'x-forwarded-for': address,
  'x-real-ip': address,
  forwarded: `for=${address}`,
  'true-client-ip': address,
  'cf-connecting-ip': address,
})

const oneAddress: Attack = {
  name: 'email bomb: one address, from everywhere',
  asvs: 'V2.4.1 V6.3.1 V6.4.3',
  sent: '16 forgotten passwords for one account from 16 client addresses, made-up ones too, in capitals and with spaces',
  expected: `at most ${mostToOne} emails`,
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const spellings = [ada.email, ada.email.toUpperCase(), ` ${ada.email} `, ada.email.replace('@', '\uff20')]
    for (const [turn, address] of [...made, ...made].entries()) {
      const email = spellings[turn % spellings.length] ?? ada.email
      await target.elsewhere().json('/api/v1/forgot-password', { email }, pretending(address))
    }
    const { length } = await listedTo(ada.site, ada.email)
    return verdict(length >= 1 && length <= mostToOne, `${length} emails`)
  },
}

const everyDoor: Attack = {
  name: 'email bomb: one address, through every door',
  asvs: 'V2.4.1 V2.3.2 V6.4.3',
  sent: 'its own registration, emails sent again, forgotten passwords, and changes of three other accounts to it',
  expected: `at most ${mostToOne} emails`,
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    for (const _turn of [1, 2, 3]) {
      await sendForm(ada.browser, '/verify-email', {})
      await ada.site.elsewhere().json('/api/v1/forgot-password', { email: ada.email })
      const eve = await newOwner(target)
      await sendForm(eve.browser, '/account/email', { new_email: ada.email })
      await sendForm(eve.browser, '/account/email', { action: 'again' })
    }
    const { length } = await listedTo(ada.site, ada.email)
    return verdict(length >= 1 && length <= mostToOne, `${length} emails`)
  },
}

const atOnce: Attack = {
  name: 'email bomb: one address, at the same moment',
  asvs: 'V2.4.1 V15.4.2 V2.3.3',
  sent: '12 forgotten passwords and 12 changes to one address at once',
  expected: `at most ${mostToOne} emails to each`,
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    const twelve = Array.from({ length: 12 }, () => ada.site.elsewhere())
    await Promise.all([
      ...twelve.map((site) => site.json('/api/v1/forgot-password', { email: ada.email })),
      ...twelve.map(() => sendForm(ada.browser, '/account/email', { new_email: ada.next })),
    ])
    const counts = await Promise.all([ada.email, ada.next].map((to) => asked(ada.site, to)))
    return verdict(
      counts.every((many) => many >= 1 && many <= mostToOne),
      counts.map((many) => `${many} emails`).join(', '),
    )
  },
}

/** Those with a link: notices of what was done come on their own. */
async function asked(target: Parameters<typeof emailsTo>[0], address: string): Promise<number> {
  return (await emailsTo(target, address)).filter(({ text }) => text.includes('http')).length
}

const oneClient: Attack = {
  name: 'email bomb: many addresses, from one client',
  asvs: 'V2.4.1 V6.3.1 V4.1.3',
  sent: `${mostFromOne + 5} changes to as many addresses, each as if from another client`,
  expected: `429 by the ${mostFromOne + 1}st, at most ${mostFromOne} emails`,
  needsEmails: true,
  async run(target) {
    const eve = await newOwner(target)
    const mark = eve.email.replace('@', '-bomb@')
    const statuses: number[] = []
    for (let turn = 0; turn < mostFromOne + 5; turn += 1) {
      const headers = pretending(`203.0.113.${turn + 1}`)
      statuses.push((await eve.browser.submit('/account/email', { new_email: `${turn}-${mark}` }, headers)).status)
    }
    const sent = (await allEmails(eve.site)).filter(({ to }) => to.endsWith(mark)).length
    return verdict(statuses.includes(429) && sent >= 1 && sent <= mostFromOne, `${spoken(statuses)}, ${sent} emails`)
  },
}

const notices: Attack = {
  name: 'email bomb: notices of one kind',
  asvs: 'V2.4.1 V6.3.5',
  sent: `${mostNotices + 2} new names and ${mostNotices + 2} log-ins from new devices`,
  expected: `at most ${mostNotices} emails of each`,
  needsEmails: true,
  async run(target) {
    const ada = await newOwner(target)
    for (let turn = 0; turn < mostNotices + 2; turn += 1) {
      await sendForm(ada.browser, '/account/profile', { name: `Ada ${turn}` })
      await opens(ada, ada.password)
    }
    const subjects = (await listedTo(ada.site, ada.email)).map(({ subject }) => subject)
    const counts = [...new Set(subjects)].map((one) => subjects.filter((other) => other === one).length)
    return verdict(counts.length >= 3 && counts.every((many) => many <= mostNotices), counts.join(', '))
  },
}

const ownersEmail: Attack = {
  name: 'email bomb: to keep the owner from an email',
  asvs: 'V6.1.1 V2.4.1',
  sent: 'a stranger’s own changes until they have to wait; then the owner’s, from elsewhere',
  expected: 'the owner gets a link',
  needsEmails: true,
  async run(target) {
    const [eve, ada] = [await newOwner(target), await newOwner(target)]
    const statuses: number[] = []
    for (let turn = 0; turn <= mostFromOne && !statuses.includes(429); turn += 1) {
      statuses.push((await sendForm(eve.browser, '/account/email', { new_email: someone().email })).status)
    }
    const link = await moving.ask(ada).catch(() => undefined)
    return verdict(!!link && statuses.includes(429), link ? `${spoken(statuses)}, a link` : 'none')
  },
}

export const emailBombs: Attack[] = [oneAddress, everyDoor, atOnce, oneClient, notices, ownersEmail]
