// Attacks on the second factor: setting it up, removing it, the recovery codes, the number of tries.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { afterPassword, codeOf, hasApp, isIn, keyOn, newConfirmed, newProtected, setupOn, spoken } from '../factors.ts'
import { newOwner } from '../links.ts'

const othersKey: Attack = {
  name: 'factor: a key that someone else has seen',
  asvs: 'V8.2.2 V6.4.4',
  sent: 'Ada’s form with the key of Eve’s page, changed, cut and made up, and the code that belongs to it',
  expected: '303 back to the form, no app',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newConfirmed(target), await newConfirmed(target)]
    const page = await eve.browser.open('/account/two-factor')
    const [setup, code] = [setupOn(page), codeOf(keyOn(page))]
    return eachOf([setup, `${setup}A`, setup.slice(1), keyOn(page), '', 'null'], async (given) => {
      await ada.browser.open('/account/two-factor')
      const { status } = await ada.browser.post('/account/two-factor', { setup: given, code })
      const isOn = await hasApp(ada)
      return verdict(!isOn, `${status}, ${isOn ? 'an app' : 'no app'}`)
    })
  },
}

const unverified: Attack = {
  name: 'factor: set up before the address is confirmed',
  asvs: 'V6.3.4 V2.3.1',
  sent: 'GET and POST /account/two-factor and /api/v1/two-factor/start of someone who registered with an address of others',
  expected: 'no key, no app',
  needsEmails: true,
  async run(target) {
    const eve = await newOwner(target)
    const page = await eve.browser.open('/account/two-factor')
    const { status, body } = await eve.site.json('/api/v1/two-factor/start', {}, { cookie: eve.browser.cookie })
    await eve.browser.post('/account/two-factor', { setup: setupOn(page), code: codeOf(keyOn(page) || 'A'.repeat(32)) })
    const isShown = keyOn(page) !== '' || /"key"/.test(body)
    return verdict(!isShown && status === 403 && !(await hasApp(eve)), `${status}, ${isShown ? 'a key' : 'no key'}`)
  },
}

const secondApp: Attack = {
  name: 'factor: a second app beside the first',
  asvs: 'V6.4.4 V2.3.1',
  sent: 'start and confirm of the API, and the form with the key that was shown before, where there is an app',
  expected: '409 and 303, the first app still works',
  needsEmails: true,
  async run(target) {
    const ada = await newConfirmed(target)
    const page = await ada.browser.open('/account/two-factor')
    const [setup, key] = [setupOn(page), keyOn(page)]
    await ada.browser.post('/account/two-factor', { setup, code: codeOf(key) })
    const cookie = ada.browser.cookie
    const begun = await ada.site.json('/api/v1/two-factor/start', {}, { cookie })
    const added = await ada.site.json('/api/v1/two-factor/confirm', { setup, code: codeOf(key) }, { cookie })
    const isSafe = [begun, added].every(({ status, body }) => status >= 400 && !/"recovery_codes"|"key"/.test(body))
    return verdict(isSafe, `${begun.status} ${added.status}`)
  },
}

const kept: Attack = {
  name: 'factor: the key and the codes, kept or carried away',
  asvs: 'V14.3.2 V3.4.5 V3.4.6 V14.2.1',
  sent: 'the page of the key, the page and the file of the recovery codes, the step',
  expected: 'no-store, no referrer to other sites, no frame; nothing of it in a URL of ours',
  needsEmails: true,
  async run(target) {
    const ada = await newConfirmed(target)
    const page = await ada.browser.open('/account/two-factor')
    const added = await ada.browser.post('/account/two-factor', { setup: setupOn(page), code: codeOf(keyOn(page)) })
    const codes = await ada.browser.open('/account/recovery-codes')
    const list = /name="codes" value="([^"]*)"/.exec(codes.body)?.[1] ?? ''
    const file = await ada.browser.post('/account/recovery-codes', { codes: list })
    const step = await (await afterPassword(ada)).open('/two-factor')
    const isInUrl = /[A-Z2-7]{32}|([a-z2-7]{4}-){3}/.test(added.headers.location ?? '')
    return eachOf([page, added, codes, file, step], async ({ headers }) => {
      const policy = headers['content-security-policy'] ?? ''
      const isSafe =
        headers['cache-control'] === 'no-store' &&
        ['no-referrer', 'same-origin'].includes(headers['referrer-policy'] ?? '') &&
        policy.includes("frame-ancestors 'none'")
      return verdict(isSafe && !isInUrl, isSafe ? 'no-store' : 'may be kept')
    })
  },
}

const seenAgain: Attack = {
  name: 'factor: recovery codes seen once more',
  asvs: 'V14.2.6 V6.5.2',
  sent: 'their page again, with every cookie; the export; the API; the page of another account in the same browser',
  expected: 'none of the ten',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const paths = [
      '/account/recovery-codes',
      '/account/two-factor',
      '/account/export',
      '/api/v1/two-factor',
      '/account',
    ]
    return eachOf(paths, async (path) => {
      const { body, status } = await ada.browser.open(path)
      const told = ada.codes.some((code) => body.includes(code)) || body.includes(ada.key)
      return verdict(!told, told ? 'shown' : String(status))
    })
  },
}

const asFile: Attack = {
  name: 'factor: words of others as a file of recovery codes',
  asvs: 'V1.2.1 V3.2.1',
  sent: 'the download with <script>, a header line and eleven codes in the place of the ten',
  expected: 'no file',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    await ada.browser.open('/account/two-factor')
    const lists = ['<script>alert(1)</script>', 'a\r\nSet-Cookie: x=1', `${ada.codes.join(' ')} aaaa-bbbb-cccc-dddd`]
    return eachOf(lists, async (codes) => {
      const { status, body, headers } = await ada.browser.post('/account/recovery-codes', { codes })
      const isSafe = status === 303 && !body.includes('<script>alert') && headers['content-disposition'] === undefined
      return verdict(isSafe, String(status))
    })
  },
}

const removedByOthers: Attack = {
  name: 'factor: another account’s, taken off',
  asvs: 'V8.2.2 V15.3.3',
  sent: 'Eve’s removal with Ada’s id and address in the body and in the query',
  expected: 'Ada’s app is still there',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newProtected(target), await newProtected(target)]
    const own = await ada.site.get('/api/v1/session', { cookie: ada.browser.cookie })
    const id = /"id": ?"?([\w-]+)/.exec(own.body)?.[1] ?? ''
    const named = { id, email: ada.email, account: id, account_id: id }
    await eve.browser.open('/account/two-factor')
    await eve.browser.post(`/account/two-factor?${new URLSearchParams(named)}`, { remove: 'yes', ...named })
    await eve.site.json('/api/v1/two-factor/remove', named, { cookie: eve.browser.cookie })
    const isOn = await hasApp(ada)
    return verdict(isOn, isOn ? 'still there' : 'gone')
  },
}

const ledAway: Attack = {
  name: 'return_to through the second factor',
  asvs: 'V3.7.2 V1.2.2',
  sent: 'log-ins with //e.test, /\\e.test, https://e.test; the code with return_to beside; "I have saved my codes" with it',
  expected: 'a path of this site',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    return eachOf(['//e.test', '/\\e.test', 'https://e.test', '/.//e.test'], async (return_to) => {
      const browser = ada.site.browser()
      const { email, password } = ada
      const begun = await browser.submit('/login', { email, password, return_to })
      await browser.open('/two-factor')
      const recovery_code = ada.codes.pop() ?? ''
      const passed = await browser.post('/two-factor', { recovery_code, return_to })
      await browser.open('/account/two-factor')
      const saved = await browser.post('/account/recovery-codes', { saved: 'yes', return_to })
      const places = [begun, passed, saved].map(({ headers }) => headers.location ?? '')
      return verdict(
        places.every((place) => /^\/(?![/\\.])/.test(place)),
        places.join(' '),
      )
    })
  },
}

const manyGuesses: Attack = {
  name: 'factor: thirty guesses at once',
  asvs: 'V6.3.1 V6.6.3 V15.4.2',
  sent: 'thirty wrong codes for one log-in at the same moment, then the right one; ten more over two log-ins with made-up X-Forwarded-For',
  expected: 'the log-in is over after five, then 429; the owner gets in by a recovery code',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = await afterPassword(ada)
    await Promise.all(Array.from({ length: 30 }, () => browser.post('/two-factor', { code: '000000' })))
    await browser.post('/two-factor', { code: codeOf(ada.key) })
    const early = await isIn(ada, browser)
    let limited = 0
    for (let login = 0; login < 2; login += 1) {
      const next = await afterPassword(ada)
      for (let time = 0; time < 5; time += 1) {
        const forged = { 'x-forwarded-for': `198.51.100.${login * 5 + time}` }
        if ((await next.post('/two-factor', { code: '000000' }, forged)).status === 429) limited += 1
        await next.open('/two-factor')
      }
    }
    const owner = await afterPassword(ada)
    await owner.post('/two-factor', { recovery_code: ada.codes[0] ?? '' })
    const isSafe = !early && limited > 0 && (await isIn(ada, owner))
    return verdict(isSafe, `${spoken(early)}, ${limited} of 10 with 429`)
  },
}

const guessesInside: Attack = {
  name: 'factor: guesses of someone who holds a session',
  asvs: 'V6.3.1 V7.5.1 V15.4.2',
  sent: 'fifteen wrong recovery codes and fifteen wrong passkeys to the reauthentication of one session, at the same moment',
  expected: 'no more than ten are judged, then 429; the owner goes on in another browser',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const there = await afterPassword(ada)
    await there.post('/two-factor', { recovery_code: ada.codes[0] ?? '' })
    const own = { cookie: ada.browser.cookie }
    const wrong = [{ recovery_code: 'aaaa-bbbb-cccc-dddd' }, { answer: { id: 'AAAA', type: 'public-key' } }]
    const sent = Array.from({ length: 30 }, (_, at) =>
      ada.site.json('/api/v1/two-factor/reauthenticate', wrong[at % 2], own),
    )
    const limited = (await Promise.all(sent)).filter(({ status }) => status === 429).length
    const proof = { recovery_code: ada.codes[1] ?? '' }
    const owner = await ada.site.json('/api/v1/two-factor/reauthenticate', proof, { cookie: there.cookie })
    return verdict(limited >= 20 && owner.status === 200, `${limited} of 30 with 429, the owner ${owner.status}`)
  },
}

export const factorDoors: Attack[] = [
  ...[othersKey, unverified, secondApp, kept, seenAgain, asFile, removedByOthers, ledAway, manyGuesses, guessesInside],
]
