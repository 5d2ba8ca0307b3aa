/** What is known of the browser that asks. It proves nothing about the person. */
export interface Device {
  /** 16 random bytes as text; new where the browser brought none of ours. */
  id: string
  /** Whether that account has logged in here, with the password that it has. */
  isKnownTo(account: Buffer, passwordVersion: number): boolean
  /** The same, or with the password before this one: not a new device to its owner. */
  wasUsedFor(account: Buffer, passwordVersion: number): boolean
  /** What its trust cookie holds: random tokens of accounts that do not ask for their second factor here. */
  trustTokens: string[]
}
