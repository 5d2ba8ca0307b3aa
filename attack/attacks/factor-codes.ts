// Codes that were used, belong to others, or are none.
import { type Attack, eachOf, verdict } from '../attack.ts'
import { afterPassword, codeOf, isIn, newProtected, programAfterPassword, spoken } from '../factors.ts'

const othersCode: Attack = {
  name: 'factor: another account’s code',
  asvs: 'V6.3.3 V8.2.2',
  sent: 'Ada’s password, then the code of Eve’s app and Eve’s recovery code, with Eve’s address beside',
  expected: 'no session of Ada',
  needsEmails: true,
  async run(target) {
    const [ada, eve] = [await newProtected(target), await newProtected(target)]
    const browser = await afterPassword(ada)
    const [recovery_code = ''] = eve.codes
    return eachOf([{ code: codeOf(eve.key) }, { recovery_code }], async (typed) => {
      await browser.open('/two-factor')
      const { status } = await browser.post('/two-factor', { ...typed, email: eve.email, account: eve.email })
      const isInside = await isIn(ada, browser)
      return verdict(status === 303 && !isInside, `${status}, ${spoken(isInside)}`)
    })
  },
}

const replayed: Attack = {
  name: 'factor: a code once more',
  asvs: 'V6.5.1',
  sent: 'the code that set the app up, at a log-in; then the code of one log-in at another',
  expected: 'no second session',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const [first, second] = [await afterPassword(ada), await afterPassword(ada)]
    // As it was: another step may have begun since.
    await first.post('/two-factor', { code: ada.first })
    const early = await isIn(ada, first)
    await first.open('/two-factor')
    const code = codeOf(ada.key)
    await first.post('/two-factor', { code })
    await second.post('/two-factor', { code })
    const isInside = early || (await isIn(ada, second))
    return verdict(!isInside && (await isIn(ada, first)), spoken(isInside))
  },
}

const recoveryTwice: Attack = {
  name: 'factor: a recovery code once more',
  asvs: 'V6.5.1',
  sent: 'a recovery code that was used, as it is, in capitals and without dashes',
  expected: 'no second session',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const [recovery_code = ''] = ada.codes
    const first = await afterPassword(ada)
    await first.post('/two-factor', { recovery_code })
    const forms = [recovery_code, recovery_code.toUpperCase(), recovery_code.replaceAll('-', ' ')]
    return eachOf(forms, async (again) => {
      const second = await afterPassword(ada)
      await second.post('/two-factor', { recovery_code: again })
      const isInside = await isIn(ada, second)
      return verdict(!isInside && (await isIn(ada, first)), spoken(isInside))
    })
  },
}

const atOnce: Attack = {
  name: 'factor: one code, eight log-ins at once',
  asvs: 'V6.5.1 V15.4.2',
  sent: 'the same code, and the same recovery code, in eight log-ins under way at the same moment',
  expected: 'one session each',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const [recovery_code = ''] = ada.codes
    return eachOf([{ recovery_code }, { code: codeOf(ada.key) }], async (typed) => {
      const browsers = await Promise.all(Array.from({ length: 8 }, () => afterPassword(ada)))
      await Promise.all(browsers.map((browser) => browser.post('/two-factor', typed)))
      const inside = await Promise.all(browsers.map((browser) => isIn(ada, browser)))
      const many = inside.filter(Boolean).length
      return verdict(many === 1, `${many} of 8`)
    })
  },
}

const wrongTypes: unknown[] = [
  ...['000000', '', ' ', '１２３４５６', '123456.0', '+12345', '1e5', '0x1234', "' OR '1'='1", '%', '______'],
  ...[null, true, 0, 123456, [], ['000000'], {}, { $ne: '' }, { length: 6 }, 'a'.repeat(20_000)],
]

const otherForms: Attack = {
  name: 'factor: what is no code',
  asvs: 'V2.2.1 V1.2.4 V6.3.3',
  sent: 'to the API: other types, lists, objects, SQL, wildcards, other digits, 20 kB; nothing at all',
  expected: '401, 410, 413 or 422, and no session',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const bodies = [...wrongTypes.map((code) => ({ code })), ...wrongTypes.map((one) => ({ recovery_code: one })), {}]
    // What has not the form of a code costs no try: one log-in is enough.
    const { loginToken, isHeld } = await programAfterPassword(ada)
    return eachOf(bodies, async (body) => {
      const { status } = await ada.site.json('/api/v1/two-factor', { login_token: loginToken, ...body })
      return verdict(isHeld && [401, 410, 413, 422].includes(status), String(status))
    })
  },
}

export const factorCodes: Attack[] = [othersCode, replayed, recoveryTwice, atOnce, otherForms]
