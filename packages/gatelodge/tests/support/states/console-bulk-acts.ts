// Acts on several accounts, and files of them.
import type { Page } from 'playwright-core'
import { press, type } from '../steps.ts'
import { amongAccounts, atTheConsole } from './console.ts'
import { beginBulkAct } from './rows.ts'
import { type State, state } from './state.ts'

/** The page of such an act: the newest two are selected, one of them the administrator's own. */
async function atSelected(page: Page, button: string): Promise<void> {
  await amongAccounts(page)
  for (const at of [0, 1]) await page.getByRole('checkbox').nth(at).check()
  await press(page, button)
}

/** An administrator who sees what became of each. */
async function atBulkAct(page: Page): Promise<void> {
  await atSelected(page, 'Disable')
  await type(page, { Reason: 'Left the club' })
  await press(page, 'Disable 1 account')
}

/** Of one that is not done yet: some were done, some were not, some wait. @returns its path. */
async function atUnfinished(page: Page): Promise<string> {
  const email = await amongAccounts(page)
  return `/admin/accounts/bulk-acts/${beginBulkAct(email)}`
}

export const bulkActs: State[] = [
  state('console-selected-disable', (page) => atSelected(page, 'Disable')),
  state('console-selected-group', (page) => atSelected(page, 'Add to a group')),
  state('console-selected-wrong', async (page) => {
    await atSelected(page, 'Disable')
    await press(page, 'Disable 1 account')
  }),
  state('console-bulk-act', atBulkAct),
  state('console-bulk-act-under-way', async (page) => page.goto(await atUnfinished(page))),
  state('console-bulk-acts', async (page) => {
    await atUnfinished(page)
    await page.context().clearCookies()
    await atBulkAct(page)
    await page.goto('/admin/accounts/bulk-acts')
  }),
  state('console-bulk-acts-none', (page) => atTheConsole(page, '/admin/accounts/bulk-acts', 'atOnce'), 'atOnce'),
  state('console-download', (page) => atSelected(page, 'Download CSV')),
  state('console-download-all', (page) => atTheConsole(page, '/admin/accounts/download')),
  state('console-download-found', (page) =>
    atTheConsole(page, '/admin/accounts/download?query=Grace+Hopper&state=active'),
  ),
]
