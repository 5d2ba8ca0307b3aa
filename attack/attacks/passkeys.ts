// Passkeys: answers that were made for another site, by another key, for another question or another account.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { newConfirmed } from '../factors.ts'
import { newOwner } from '../links.ts'
import { adding, asked, type Lies, made, newKeyOwner, optionsIn, tried, used } from '../passkeys.ts'

const spoken = (who: string | undefined) => (who === undefined ? 'no session' : 'a session')

/** A log-in that lies once each time. */
function lying(name: string, asvs: string, sent: string, lies: Lies[]): Attack {
  return {
    ...{ name, asvs, sent, expected: '401, no session', needsEmails: true },
    async run(target) {
      const ada = await newKeyOwner(target)
      return eachOf(lies, async (lie) => {
        const { options, challenge_token } = await asked(ada)
        const answer = used(ada.passkey, options, ada.site.base.origin, lie)
        const { status, who } = await tried(ada, answer, challenge_token)
        return verdict(status === 401 && who === undefined, `${status}, ${spoken(who)}`)
      })
    },
  }
}

const otherSite = lying('passkey: an answer for another site', 'V6.3.3', 'another origin, RP id and type', [
  ...[{ origin: 'https://e.test' }, { origin: 'null' }, { rpId: 'e.test' }, { rpId: '' }, { type: 'webauthn.create' }],
])
const ownChallenge = lying(
  'passkey: a challenge of its own',
  'V6.3.3 V11.5.1',
  'a right signature over other numbers',
  [...[{ challenge: '' }, { challenge: 'A'.repeat(72) }, { challenge: 'AAAA' }]],
)
const nobodyThere = lying('passkey: nobody was there', 'V6.3.3', 'an answer without the flag of a touch', [
  ...[{ flags: 0 }, { flags: 0x1c }, { flags: 0x18 }],
])
const otherHandle = lying('passkey: the name of another account', 'V8.2.2', 'the user handle of nobody, or none', [
  ...[{ userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }, { userHandle: '' }],
])

const otherKey: Attack = {
  name: 'passkey: signed by another key',
  asvs: 'V6.3.3 V8.2.2',
  sent: 'Ada’s credential id, signed with Eve’s key',
  expected: '401, no session',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newKeyOwner(target), await newKeyOwner(target)]
    const { options, challenge_token } = await asked(ada)
    const answer = used(ada.passkey, options, ada.site.base.origin, { signer: eve.passkey.privateKey })
    const { status, who } = await tried(ada, answer, challenge_token)
    return verdict(status === 401 && who === undefined, `${status}, ${spoken(who)}`)
  },
}

const twice: Attack = {
  name: 'passkey: an answer once more, and elsewhere',
  asvs: 'V6.5.1',
  sent: 'an answer after it was used; one with the token of another browser',
  expected: '401, no session',
  needsEmails: true,
  async run(target) {
    const ada = await newKeyOwner(target)
    const [one, other] = [await asked(ada), await asked(ada)]
    const answer = used(ada.passkey, one.options, ada.site.base.origin)
    const elsewhere = await tried(ada, answer, other.challenge_token)
    const first = await tried(ada, answer, one.challenge_token)
    const again = await tried(ada, answer, one.challenge_token)
    const isSafe = first.who === ada.email && elsewhere.who === undefined && again.who === undefined
    return verdict(isSafe, `${elsewhere.status}, ${first.status}, ${again.status}`)
  },
}

const atOnce: Attack = {
  name: 'passkey: one answer, eight times at once',
  asvs: 'V6.5.1 V15.4.2',
  sent: 'the same answer eight times at the same moment',
  expected: 'one session',
  needsEmails: true,
  async run(target) {
    const ada = await newKeyOwner(target)
    const { options, challenge_token } = await asked(ada)
    const answer = used(ada.passkey, options, ada.site.base.origin)
    const all = await Promise.all(Array.from({ length: 8 }, () => tried(ada, answer, challenge_token)))
    const many = all.filter(({ who }) => who !== undefined).length
    return verdict(many === 1, `${many} of 8`)
  },
}

const others: Attack = {
  name: 'passkey: another account’s, renamed and removed',
  asvs: 'V8.2.2',
  sent: 'POST /api/v1/passkeys/rename and /remove with the id of Ada’s passkey, by Eve',
  expected: '404 twice',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newKeyOwner(target), await newKeyOwner(target)]
    return eachOf(['rename', 'remove'], async (act) => {
      const typed = { passkey: ada.named, ...(act === 'rename' && { passkey_name: 'Eve’s' }) }
      const { status } = await eve.site.json(`/api/v1/passkeys/${act}`, typed, { cookie: eve.browser.cookie })
      return verdict(status === 404, String(status))
    })
  },
}

const stolen: Attack = {
  name: 'passkey: the same in two accounts',
  asvs: 'V8.2.2 V6.3.3',
  sent: 'Ada’s credential, added to Eve’s account as well',
  expected: 'refused; it logs Ada in',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newKeyOwner(target), await newConfirmed(target)]
    const { told } = await adding(eve, ada.passkey)
    const { options, challenge_token } = await asked(ada)
    const { who } = await tried(ada, used(ada.passkey, options, ada.site.base.origin), challenge_token)
    return verdict(told.status >= 400 && who === ada.email, `${told.status}, ${spoken(who)}`)
  },
}

const fromElsewhere: Attack = {
  name: 'passkey: added by another site',
  asvs: 'V3.5.1 V3.5.3',
  sent: 'POST /api/v1/passkeys from https://e.test, with a right answer',
  expected: '403',
  needsEmails: true,
  async run(target) {
    const ada = await newConfirmed(target)
    const { told } = await adding(ada, undefined, { origin: 'https://e.test', 'sec-fetch-site': 'cross-site' })
    return verdict(told.status === 403, String(told.status))
  },
}

const unverified: Attack = {
  name: 'passkey: on an address that nobody verified',
  asvs: 'V6.3.4 V6.3.7',
  sent: 'options for a new passkey, right after the registration with someone’s address',
  expected: 'a refusal',
  needsEmails: true,
  async run(target) {
    const eve = await newOwner(target)
    const { status } = await eve.site.json('/api/v1/passkeys/options', {}, { cookie: eve.browser.cookie })
    return verdict(status >= 400 && status < 500, String(status))
  },
}

const wrongCeremony: Attack = {
  name: 'passkey: made to the question of a log-in',
  asvs: 'V2.3.1 V6.3.3',
  sent: 'a new passkey whose challenge was for a log-in',
  expected: 'a refusal',
  needsEmails: true,
  async run(target) {
    const ada = await newConfirmed(target)
    const { site, browser } = ada
    const cookie = browser.cookie
    const { options } = optionsIn(await site.json('/api/v1/passkeys/options', {}, { cookie }))
    const login = await asked(ada)
    const asking = { ...options, challenge: login.options.challenge ?? '' }
    const { answer } = made(asking, site.base.origin)
    const { status } = await site.json('/api/v1/passkeys', { answer }, { cookie })
    return verdict(status >= 400 && status < 500, String(status))
  },
}

const listed: Attack = {
  name: 'passkey: who has one',
  asvs: 'V6.3.8',
  sent: 'the question for a passkey, with the address of someone who has one',
  expected: 'a question without a list',
  needsEmails: true,
  async run(target) {
    const { site, email, passkey } = await newKeyOwner(target)
    const { status, body } = await site.json('/login/passkey/options', { email })
    const form = await site.browser().post('/login/passkey/options', { email })
    const isSafe = !`${body}${form.body}`.includes(passkey.id) && form.body.includes('"allowCredentials":[]')
    return verdict(isSafe, `${status}, ${form.status}`)
  },
}

export const passkeys: Attack[] = [
  ...[otherSite, ownChallenge, nobodyThere, otherHandle, otherKey, twice, atOnce],
  ...[others, stolen, fromElsewhere, unverified, wrongCeremony, listed],
]
