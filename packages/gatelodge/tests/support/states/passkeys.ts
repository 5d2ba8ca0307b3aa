// Passkeys: the list, making and naming one, taking one off, and using one.
import type { Page } from 'playwright-core'
import { follow, logIn, type Person, press, registered, type } from '../steps.ts'
import { type VirtualAuthenticator, virtualAuthenticator } from '../virtual-authenticator.ts'
import { type State, state } from './state.ts'
import { turnOnApp, verifiedUnseen } from './two-factor.ts'

async function add(page: Page, name?: string): Promise<void> {
  await page.goto('/account/passkeys/add')
  await press(page, 'Add a passkey')
  if (name === undefined) return
  await type(page, { 'Name of the passkey': name })
  await press(page, 'Save name')
}

/** Someone with a device that makes passkeys. It is taken away again, because the next state is shown in the same page. */
function withDevice(
  name: string,
  reach: (page: Page, person: Person, device: VirtualAuthenticator) => Promise<unknown>,
) {
  return state(name, async (page) => {
    const device = await virtualAuthenticator(page)
    try {
      await reach(page, await verifiedUnseen(page), device)
    } finally {
      await device.remove()
    }
  })
}

/** The passkey is proved first, and then the button is pressed once more. */
async function askAfterPassword(page: Page): Promise<void> {
  await page.goto('/account/passkeys')
  await press(page, 'Ask for a passkey after my password')
  await press(page, 'Use a passkey')
  await press(page, 'Ask for a passkey after my password')
}

async function addInVain(page: Page, words: string): Promise<void> {
  await page.goto('/account/passkeys/add')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByText(words).waitFor()
}

/** A passkey that this site no longer knows, used. */
async function useRemoved(page: Page): Promise<void> {
  await page.evaluate('delete PublicKeyCredential.signalAllAcceptedCredentials')
  await follow(page, 'Remove Laptop')
  await page.addInitScript('delete PublicKeyCredential.signalAllAcceptedCredentials')
  await press(page, 'Remove passkey')
  await press(page, 'Log out')
  await page.getByText('This site does not know that passkey.').waitFor()
}

const list: State[] = [
  state('passkeys-not-verified', async (page) => {
    await registered(page)
    await page.goto('/account/passkeys')
  }),
  state('passkeys-none', async (page) => {
    await verifiedUnseen(page)
    await page.goto('/account/passkeys')
  }),
  withDevice('passkeys', async (page) => {
    await add(page, 'Laptop')
    await page.goto('/account/passkeys')
  }),
  withDevice('passkeys-asked', async (page) => {
    await add(page, 'Laptop')
    await askAfterPassword(page)
    await press(page, 'I have saved my codes')
  }),
  withDevice('passkeys-long', (page) => add(page, `${'Sicherheitsschlüssel'.repeat(3)} 1234`)),
  withDevice('passkeys-right-to-left', (page) => add(page, 'مفتاح مريم')),
]

const changes: State[] = [
  state('passkey-add', async (page) => {
    await verifiedUnseen(page)
    await page.goto('/account/passkeys/add')
    await page.getByRole('button', { name: 'Add a passkey' }).waitFor()
  }),
  withDevice('passkey-add-cancelled', async (page, _, device) => {
    await device.verifies(false)
    await addInVain(page, 'No passkey was made.')
  }),
  withDevice('passkey-add-exists', async (page) => {
    await add(page)
    await addInVain(page, 'already has a passkey')
  }),
  withDevice('passkey-name', (page) => add(page)),
  withDevice('passkey-name-wrong', (page) => add(page, '')),
  withDevice('passkey-remove', async (page) => {
    await add(page, 'Laptop')
    await follow(page, 'Remove Laptop')
  }),
  withDevice('passkeys-removed', async (page) => {
    await add(page, 'Laptop')
    await follow(page, 'Remove Laptop')
    await press(page, 'Remove passkey')
  }),
]

const uses: State[] = [
  withDevice('login-passkey-unknown', async (page) => {
    await add(page, 'Laptop')
    await useRemoved(page)
  }),
  withDevice('two-factor-with-passkey', async (page, person, device) => {
    await add(page)
    await device.isTouched(false)
    await turnOnApp(page)
    await press(page, 'Log out')
    await logIn(page, person)
    await page.getByRole('button', { name: 'Use a passkey' }).waitFor()
  }),
  withDevice('reauthenticate-with-passkey', async (page) => {
    await add(page)
    await page.goto('/reauthenticate')
    await page.getByRole('button', { name: 'Use a passkey' }).waitFor()
  }),
]

export const passkeys: State[] = [...list, ...changes, ...uses]
