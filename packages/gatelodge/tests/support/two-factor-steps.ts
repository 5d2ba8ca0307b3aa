// What a person with an authenticator app does in a browser.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { seconds } from '../../src/time.ts'
import type { TestApp } from './make-app.ts'
import { verified } from './passkey-steps.ts'
import { shown } from './second-factor.ts'
import { type } from './steps.ts'

type Clock = TestApp['clock']

/** As someone types it into the app, group by group. */
const keyOn = async (page: Page) => (await page.locator('p.code').innerText()).replaceAll(' ', '')

/** Waits until the next code is another one. */
export async function enrolled(page: Page, clock: Clock): Promise<{ key: string; codes: string[] }> {
  const key = await keyOn(page)
  await type(page, { Code: shown({ clock }, key) })
  await page.locator('main form button').first().click()
  await page.waitForURL('**/account/recovery-codes**')
  const codes = await page.locator('.codes li').allInnerTexts()
  expect(codes).toHaveLength(10)
  clock.pass(seconds(30))
  return { key, codes }
}

export async function protectedPerson(page: Page, clock: Clock) {
  const person = await verified(page)
  await page.goto('/account/two-factor')
  return { person, ...(await enrolled(page, clock)) }
}
