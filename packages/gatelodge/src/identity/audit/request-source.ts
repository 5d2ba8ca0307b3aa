import type { DeviceDescription } from '../../text/device-name.ts'

/** From where something was asked. */
export interface RequestSource {
  /** As canonicalAddress() writes it; empty where there is no network, such as on the command line. */
  clientAddress: string
  device: DeviceDescription
  requestId: string
}

/** As it is stored: `{"browser":"Firefox","system":"Windows"}`, data without a language. */
export function writeDevice(device: DeviceDescription): string {
  return JSON.stringify(device)
}

export function readDevice(column: string | null): DeviceDescription {
  return column === null ? {} : JSON.parse(column)
}
