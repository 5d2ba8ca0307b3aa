// Recovery codes, and a site that asks everyone for a second factor (more in tests/journeys/two-factor.test.ts).
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { inBothWays } from '../../../support/journey.ts'
import { linkInEmail, subjects } from '../../../support/mailbox.ts'
import { movedClock } from '../../../support/make-app.ts'
import { useSite } from '../../../support/site.ts'
import { follow, logIn, newPerson, press, register, type, view } from '../../../support/steps.ts'
import { enrolled, protectedPerson } from '../../../support/two-factor-steps.ts'

const clock = movedClock(Date.now())
const patient = { emailsPerClient: 10_000, registrationsPerAddress: 10_000 }
const site = useSite(undefined, patient, { clock })
const strict = useSite(undefined, { ...patient, secondFactor: 'required' }, { clock })

inBothWays(site, (meet) => {
  it('V6.5.1 a recovery code works once, and the list is a file to keep', async () => {
    const page = await meet()
    const { person, codes } = await protectedPerson(page, clock)
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download', exact: true }).click(),
    ])
    expect(file.suggestedFilename()).toBe('recovery-codes.txt')
    expect(readFileSync(await file.path(), 'utf8')).toContain(codes.join('\n'))
    // On paper nothing stands there but the codes and what they are.
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0)
    expect(await page.locator('.codes li').first().isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
    await press(page, 'Log out')
    for (const path of ['/account', '/two-factor']) {
      await logIn(page, person)
      await follow(page, 'Use a recovery code')
      expect((await view(page)).heading).toBe('Enter a recovery code')
      await type(page, { 'Recovery code': (codes[0] ?? '').toUpperCase() })
      await press(page, 'Log in')
      expect((await view(page)).path).toBe(path)
      if (path === '/account') await press(page, 'Log out')
    }
    await press(page, 'Cancel')
    expect(await view(page)).toMatchObject({ path: '/login', notice: 'The login was cancelled.' })
  })
})

inBothWays(strict, (meet) => {
  it('V6.3.3 where it is required, it is set up before the account opens', async () => {
    const page = await meet()
    const person = newPerson()
    await register(page, person)
    await page.goto('/account')
    expect((await view(page)).path).toBe('/login')
    await page.goto(await linkInEmail(page, person.email, subjects.verify))
    await press(page, 'Verify this address')
    expect((await view(page)).path).toBe('/two-factor/set-up')
    await enrolled(page, clock)
    await press(page, 'I have saved my codes')
    expect((await view(page)).path).toBe('/account/two-factor')
    await press(page, 'Log out')
    await logIn(page, person)
    expect((await view(page)).path).toBe('/two-factor')
  })
})
