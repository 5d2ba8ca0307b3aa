// Chromium's own authenticator in software (WebDriver BiDi's older sister, CDP): what a page meets is a real one.
import type { Page } from 'playwright-core'

export interface VirtualAuthenticator {
  /** Whether a PIN, a fingerprint or a face is right from now on. */
  verifies(isVerified: boolean): Promise<void>
  credentials(): Promise<{ credentialId: string; isResidentCredential: boolean; signCount: number }[]>
  /** Nobody touches it: a question stays open until it is given up. */
  isTouched(isTouched: boolean): Promise<void>
  forgetAll(): Promise<void>
  /** The page has none from then on. */
  remove(): Promise<void>
}

interface Kind {
  /** Keeps a list of its own, so that it is found without being named. */
  isResident?: boolean
  /** Can check a PIN, a fingerprint or a face. */
  canVerify?: boolean
  /** In the device itself; otherwise a key to plug in. */
  isInternal?: boolean
}

export async function virtualAuthenticator(
  page: Page,
  { isResident = true, canVerify = true, isInternal = true }: Kind = {},
): Promise<VirtualAuthenticator> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: isInternal ? 'internal' : 'usb',
      hasResidentKey: isResident,
      hasUserVerification: canVerify,
      isUserVerified: canVerify,
      automaticPresenceSimulation: true,
    },
  })
  return {
    verifies: async (isUserVerified) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    credentials: async () => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials
    },
    isTouched: async (enabled) => {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    forgetAll: async () => {
      await cdp.send('WebAuthn.clearCredentials', { authenticatorId })
    },
    remove: () => cdp.detach(),
  }
}
