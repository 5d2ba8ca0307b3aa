/** From where something was asked. */
export interface RequestSource {
  /** As canonicalAddress() writes it; empty where there is no network, such as on the command line. */
  clientAddress: string
  /** Browser and system in words. */
  device: string
  requestId: string
}
