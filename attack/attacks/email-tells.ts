// Only a person who reads the emails of an address can learn whether the address has an account.
import { difference, masked, maskedText } from '../alike.ts'
import { type Attack, verdict } from '../attack.ts'
import { newOwner, sendForm } from '../links.ts'
import { emailsTo } from '../mailbox.ts'
import { someone } from '../people.ts'
import type { Target } from '../target.ts'

/** As long as the other, so that a difference in length cannot come from the addresses. */
const asLong = (email: string, word: string) => email.replace(/^attack/, word)

const turns = [1, 2, 3, 4, 5]

async function asked(site: Target, email: string): Promise<string> {
  const browser = site.browser()
  const form = await browser.submit('/forgot-password', { email })
  const page = await browser.open('/forgot-password/sent')
  const told = [masked(form, email), masked(page, email)]
  for (const _turn of turns) told.push(masked(await site.json('/api/v1/forgot-password', { email }), email))
  return told.join('\n')
}

const forgotten: Attack = {
  name: 'enumeration: a forgotten password',
  asvs: 'V6.3.8 V6.4.3',
  sent: `for an account, for a deleted one and for nobody: a form, its page, and ${turns.length} times as JSON`,
  expected: 'the very same answers, beyond the limit of emails too',
  async run(target) {
    const [known, closed] = [await target.register(), await target.register()]
    await target.json('/api/v1/delete', { current_password: closed.password }, { cookie: closed.cookie })
    for (const { email } of [known, closed]) {
      const left = await asked(target, email)
      const right = await asked(target, asLong(email, 'nobody'))
      if (left !== right) return verdict(false, difference(left, right))
    }
    return verdict(true, 'the very same')
  },
}

/** All that someone sees who asks for a new address, their emails and their data among it. */
async function movedTo(target: Target, email: string, next: string): Promise<string> {
  const eve = await newOwner(target, { email })
  const typed = [email, next]
  const told = [masked(await sendForm(eve.browser, '/account/email', { new_email: next }), ...typed)]
  for (const path of ['/account/email', '/account', '/account/export']) {
    told.push(masked(await eve.browser.open(path), ...typed))
  }
  told.push(masked(await sendForm(eve.browser, '/account/email', { action: 'again' }), ...typed))
  const emails = await emailsTo(eve.site, email)
  told.push(...emails.map(({ subject, text }) => maskedText(`${subject} ${text.replace(/\S{43}$/gm, '')}`, typed)))
  return told.join('\n')
}

const moved: Attack = {
  name: 'enumeration: a new address that someone has',
  asvs: 'V6.3.8 V6.4.3',
  sent: 'a change to a taken address and to a free one; the pages, the emails and the export of anyone who asked',
  expected: 'the very same answers, pages, data, and as many emails of the same words',
  needsEmails: true,
  async run(target) {
    const taken = (await target.account('ada')).email
    const { email } = someone()
    const left = await movedTo(target, asLong(email, 'eve-to'), taken)
    const right = await movedTo(target, asLong(email, 'mal-to'), asLong(taken, 'nobody'))
    return verdict(left === right, left === right ? 'the very same' : difference(left, right))
  },
}

export const emailTells: Attack[] = [forgotten, moved]
