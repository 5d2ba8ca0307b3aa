// What the doctor prints is pasted into mails and issues: no secret of the settings stands in it, however a server wrote it back.
import { formOf, metaOf, type Settings, settingNames } from '../../config/schema.ts'
import { readServerUrl } from '../../config/server-url.ts'

const hidden = '(hidden)'
/** What is shorter stands in other words as well, and is no secret worth the name. */
const shortest = 4

/** @returns what takes every secret out of a text, in the spellings that servers use. */
export function hider(settings: Settings): (text: string) => string {
  const forms = secretsIn(settings).flatMap(spellings)
  // The longest first: one may be a part of another.
  const all = [...new Set(forms)].sort((one, other) => other.length - one.length)
  return (text) => all.reduce((rest, form) => rest.replaceAll(form, hidden), text)
}

function secretsIn(settings: Settings): string[] {
  const given = settingNames.filter((name) => metaOf(name).secret).flatMap((name) => textsIn(settings[name]))
  const urls = settingNames.filter((name) => formOf(name).holdsUrl).flatMap((name) => textsIn(settings[name]))
  const passwords = [...given, ...urls].flatMap((text) => {
    const url = readServerUrl(text)
    // With the user, as it is sent to a mail server.
    return 'needed' in url || !url.password ? [] : [url.password, `\0${url.user}\0${url.password}`]
  })
  const plain = given.filter((text) => !text.includes('://') && !text.startsWith('sqlite:'))
  return [...plain, ...passwords].filter((text) => text.length >= shortest)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

function spellings(text: string): string[] {
  const bytes = Buffer.from(text)
  return [text, encodeURIComponent(text), bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')]
}
