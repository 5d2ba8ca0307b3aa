// What a device is called: stored as data, named in the language of the one who reads it.
import type { Text } from './text.ts'

/** What it says of itself: a hint, never a proof. Names only, as `Firefox` and `Windows`. */
export interface DeviceDescription {
  browser?: string
  system?: string
  /** An app that holds a token, not a browser with a cookie. */
  isApp?: true
  /** The operator, at the command line. */
  isCommandLine?: true
  /** The program that the site is part of. */
  isCode?: true
}

/** `Firefox on Windows`, `App (Firefox on Windows)`, `Command line`, `Unknown device` */
export function deviceName(
  { deviceNames: names }: Text,
  { browser, system, isApp, isCommandLine, isCode }: DeviceDescription,
): string {
  if (isCommandLine) return names.commandLine
  if (isCode) return names.code
  if (isApp) return names.app({ device: nameOf(names, browser, system) })
  return nameOf(names, browser, system)
}

function nameOf(names: Text['deviceNames'], browser: string | undefined, system: string | undefined): string {
  if (!system) return browser ?? names.unknown
  return browser ? names.browserOnSystem({ browser, system }) : names.someBrowserOnSystem({ system })
}
