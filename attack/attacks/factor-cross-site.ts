// What another site makes a browser do to the second factor.
import { type Attack, verdict } from '../attack.ts'
import { afterPassword, codeOf, hasApp, isIn, keyOn, newConfirmed, newProtected, setupOn } from '../factors.ts'

const foreign = { origin: 'https://e.test', 'sec-fetch-site': 'cross-site', referer: 'https://e.test/' }

const cancelElsewhere: Attack = {
  name: 'factor: a log-in cancelled by another site',
  asvs: 'V3.5.1',
  sent: 'POST /login/cancel with Origin: https://e.test; then the right code',
  expected: '403, the log-in goes on',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const browser = await afterPassword(ada)
    const { status } = await browser.post('/login/cancel', {}, foreign)
    await browser.post('/two-factor', { code: codeOf(ada.key) })
    const goesOn = await isIn(ada, browser)
    return verdict(status === 403 && goesOn, `${status}, ${goesOn ? 'goes on' : 'is over'}`)
  },
}

const enrolElsewhere: Attack = {
  name: 'factor: set up by another site',
  asvs: 'V3.5.1 V3.5.3',
  sent: 'POST /account/two-factor and /api/v1/two-factor/confirm with a right code, from https://e.test, as a form and as text/plain',
  expected: '403 or 415, no app',
  needsEmails: true,
  async run(target) {
    const ada = await newConfirmed(target)
    const page = await ada.browser.open('/account/two-factor')
    const fields = { setup: setupOn(page), code: codeOf(keyOn(page)) }
    const statuses = [
      (await ada.browser.post('/account/two-factor', fields, foreign)).status,
      (await ada.browser.post('/account/two-factor', fields, { ...foreign, origin: 'null' })).status,
      (
        await ada.browser.post('/api/v1/two-factor/confirm', JSON.stringify(fields), {
          ...foreign,
          'content-type': 'text/plain',
        })
      ).status,
      (await ada.site.json('/api/v1/two-factor/confirm', fields, { cookie: ada.browser.cookie, ...foreign })).status,
    ]
    const isOn = await hasApp(ada)
    return verdict(!isOn && statuses.every((status) => [403, 415].includes(status)), statuses.join(' '))
  },
}

const removeElsewhere: Attack = {
  name: 'factor: taken off by another site',
  asvs: 'V3.5.1 V3.5.3',
  sent: 'POST /account/two-factor with remove=yes and /api/v1/two-factor/remove from https://e.test; GET with remove=yes',
  expected: '403, the app is still there',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    const { cookie } = ada.browser
    await ada.browser.open('/account/two-factor')
    const form = await ada.browser.post('/account/two-factor', { remove: 'yes' }, foreign)
    const json = await ada.site.json('/api/v1/two-factor/remove', {}, { cookie, ...foreign })
    await ada.browser.open('/account/two-factor?remove=yes')
    await ada.browser.open('/api/v1/two-factor/remove')
    const isOn = await hasApp(ada)
    return verdict(isOn && form.status === 403 && json.status === 403, `${form.status} ${json.status}`)
  },
}

const codesElsewhere: Attack = {
  name: 'factor: new recovery codes by another site',
  asvs: 'V3.5.1 V3.5.3',
  sent: 'POST /account/recovery-codes and /api/v1/recovery-codes from https://e.test',
  expected: '403, the old ones work',
  needsEmails: true,
  async run(target) {
    const ada = await newProtected(target)
    await ada.browser.open('/account/two-factor')
    const form = await ada.browser.post('/account/recovery-codes', {}, foreign)
    const json = await ada.site.json('/api/v1/recovery-codes', {}, { cookie: ada.browser.cookie, ...foreign })
    const browser = await afterPassword(ada)
    await browser.post('/two-factor', { recovery_code: ada.codes[0] ?? '' })
    const works = await isIn(ada, browser)
    return verdict(works && form.status === 403 && json.status === 403, `${form.status} ${json.status}`)
  },
}

export const factorCrossSite: Attack[] = [cancelElsewhere, enrolElsewhere, removeElsewhere, codesElsewhere]
