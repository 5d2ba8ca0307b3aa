// Registration with a passkey alone: one account, of the address that the link came to, by an answer that was made for this link.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { newConfirmed } from '../factors.ts'
import { expected, newOwner, resetting, verifying } from '../links.ts'
import { newNewcomer, refusal, started, startOptions } from '../newcomers.ts'
import { asked, type Lies, made, newKeyOwner, optionsIn, tried, used } from '../passkeys.ts'
import { someone } from '../people.ts'

const otherSite: Attack = {
  name: 'newcomer: an answer for another site',
  asvs: 'V6.3.3',
  sent: 'a new passkey with another origin, RP id or type, or that nobody touched',
  expected: '401, no session',
  needsEmails: true,
  async run(target) {
    const eve = await newNewcomer(target)
    const lies: Lies[] = [
      ...[{ origin: 'https://e.test' }, { origin: 'null' }, { rpId: 'e.test' }, { rpId: '' }],
      ...[{ type: 'webauthn.get' }, { flags: 0x5c }, { flags: 0x40 }],
    ]
    return eachOf(lies, async (lie) => {
      const { answer } = made(await startOptions(eve), eve.site.base.origin, lie)
      return refusal(await started(eve, { answer }), 401)
    })
  },
}

const otherChallenge: Attack = {
  name: 'newcomer: a challenge for something else',
  asvs: 'V6.3.3 V11.5.1 V2.3.1',
  sent: 'a new passkey made to the challenge of another link, of a login, of a passkey for an account, to one of its own',
  expected: '401, no session',
  needsEmails: true,
  async run(target) {
    const [eve, ada, member] = [await newNewcomer(target), await newNewcomer(target), await newConfirmed(target)]
    const cookie = member.browser.cookie
    const adding = optionsIn(await member.site.json('/api/v1/passkeys/options', {}, { cookie }))
    const theirs = [await startOptions(ada), (await asked(eve)).options, adding.options].map(
      (one) => one.challenge ?? '',
    )
    return eachOf([...theirs, '', 'A'.repeat(72), 'AAAA'], async (challenge) => {
      const { answer } = made(await startOptions(eve), eve.site.base.origin, { challenge })
      return refusal(await started(eve, { answer }), 401)
    })
  },
}

const twice: Attack = {
  name: 'newcomer: a link once more',
  asvs: 'V6.5.1 V2.3.1',
  sent: 'after the account was made: the same answer, another passkey, a password; the same with a second link to that address',
  expected: '410, no session',
  needsEmails: true,
  async run(target) {
    const first = await newNewcomer(target)
    const second = await newNewcomer(target, first.email)
    const options = await startOptions(first)
    const { answer } = made(options, first.site.base.origin)
    const other = made(await startOptions(second), second.site.base.origin).answer
    const { status, who } = await started(first, { answer })
    expected(who === first.email, `an honest answer got ${status}`)
    const passkey = made(options, first.site.base.origin).answer
    const tries = {
      'the same answer': () => started(first, { answer }),
      'another passkey': () => started(first, { answer: passkey }),
      'a password': () => started(first, { new_password: someone().password }),
      'the second link': () => started(second, { answer: other }),
      'a password for the second link': () => started(second, { new_password: someone().password }),
    }
    return eachOf(Object.entries(tries), async ([, attempt]) => refusal(await attempt(), 410))
  },
}

const atOnce: Attack = {
  name: 'newcomer: eight passkeys at once',
  asvs: 'V15.4.2 V2.3.4',
  sent: 'one link eight times at the same moment, each time with a passkey of its own',
  expected: 'one session',
  needsEmails: true,
  async run(target) {
    const eve = await newNewcomer(target)
    const options = await startOptions(eve)
    const answers = Array.from({ length: 8 }, () => made(options, eve.site.base.origin).answer)
    const all = await Promise.all(answers.map((answer) => started(eve, { answer })))
    const many = all.filter(({ who }) => who !== undefined).length
    return verdict(many === 1, `${many} of 8`)
  },
}

const otherAddress: Attack = {
  name: 'newcomer: another address',
  asvs: 'V8.2.2 V15.3.3',
  sent: 'a right answer with Ada’s address beside it, under every name that it could have; in the options as well',
  expected: 'an account with the address that the link came to',
  needsEmails: true,
  async run(target) {
    const [eve, ada] = [await newNewcomer(target), await newOwner(target)]
    const names = ['email', 'new_email', 'kept_email', 'meant_email', 'account', 'user', 'username']
    const claims = Object.fromEntries(names.map((name) => [name, ada.email]))
    const { options } = optionsIn(
      await eve.site.json('/api/v1/register/start/options', { ...claims, token: eve.token }),
    )
    const { answer } = made(options, eve.site.base.origin)
    const { who } = await started(eve, { ...claims, answer })
    return verdict(who === eve.email, who === eve.email ? 'its own' : 'another one')
  },
}

const otherLinks: Attack = {
  name: 'newcomer: without a link of its kind',
  asvs: 'V6.4.1 V11.5.1',
  sent: 'tokens that nobody made, and those of links that verify an address and reset a password; asked for and answered',
  expected: '410, no session',
  needsEmails: true,
  async run(target) {
    const [eve, ada] = [await newNewcomer(target), await newOwner(target)]
    const tokenOf = (path: string) => path.split('/').at(-1) ?? ''
    const others = [await verifying.ask(ada), await resetting.ask(ada)].map(tokenOf)
    const { answer } = made(await startOptions(eve), eve.site.base.origin)
    return eachOf(['', 'A'.repeat(43), '%', "' OR '1'='1", ...others], async (token) => {
      const { status } = await eve.site.json('/api/v1/register/start/options', { token })
      const outcome = refusal(await started({ ...eve, token }, { answer }), 410)
      return verdict(status === 410 && outcome.isSafe, `${status}, ${outcome.came}`)
    })
  },
}

const othersPasskey: Attack = {
  name: 'newcomer: the passkey of an account',
  asvs: 'V8.2.2 V6.3.3',
  sent: 'Ada’s passkey, and Eve’s key under the id of Ada’s passkey; then a login with that id by Eve’s key',
  expected: '409, no session; the passkey logs Ada in',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newKeyOwner(target), await newNewcomer(target)]
    const { origin } = eve.site.base
    const same = made(await startOptions(eve), origin, { again: ada.passkey })
    const claimed = made(await startOptions(eve), origin, { id: ada.passkey.id })
    const outcomes = [await started(eve, { answer: same.answer }), await started(eve, { answer: claimed.answer })]
    const logIn = async (signer: Lies) => {
      const { options, challenge_token } = await asked(ada)
      return tried(ada, used(ada.passkey, options, origin, signer), challenge_token)
    }
    const foreign = await logIn({ signer: claimed.passkey.privateKey })
    const own = await logIn({})
    const isSafe = outcomes.every((one) => refusal(one, 409).isSafe) && !foreign.who && own.who === ada.email
    return verdict(isSafe, [...outcomes, foreign, own].map(({ status }) => status).join(', '))
  },
}

export const newcomerPasskeys: Attack[] = [
  otherSite,
  otherChallenge,
  twice,
  atOnce,
  otherAddress,
  otherLinks,
  othersPasskey,
]
