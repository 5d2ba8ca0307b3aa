// Passkeys: their buttons, the offer in the field of the address, and what the device may be told.
import { add } from './passkey-add.ts'
import { use } from './passkey-use.ts'

/** Less than a challenge lives: a log-in page that is open all night offers passkeys in the morning. */
const renewed = 4 * 60_000

/** One question at a time: a browser refuses a second one while the first is open. */
let asked: AbortController | undefined

for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
  const button = buttonAt(place)
  button.addEventListener('click', () => void press(button))
  if (button.dataset.passkey !== 'log-in') continue
  forgetUnknown(button)
  void PublicKeyCredential.isConditionalMediationAvailable?.().then((isAvailable) => isAvailable && offer(button))
}
for (const hint of document.querySelectorAll<HTMLElement>('[data-without-passkeys]')) hint.hidden = true
for (const list of document.querySelectorAll<HTMLElement>('[data-passkey-signals]')) {
  const signals = JSON.parse(list.dataset.passkeySignals ?? '{}')
  signal('signalAllAcceptedCredentials', signals)
  signal('signalCurrentUserDetails', signals)
}

/** In its place, with all that is said there. */
function buttonAt(place: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.id = place.id
  button.className = place.dataset.passkey === 'add' ? 'button' : 'button plain'
  button.textContent = place.dataset.label ?? ''
  Object.assign(button.dataset, place.dataset)
  place.replaceWith(button)
  return button
}

/** In the field of the address, for as long as the page is open. */
function offer(button: HTMLButtonElement): void {
  setTimeout(offer, renewed, button)
  // Whatever ends this question is no error of anyone's: the next one comes.
  askAndSend(button, 'conditional').catch(() => {})
}

async function press(button: HTMLButtonElement): Promise<void> {
  const line = lineBehind(button)
  line.textContent = ''
  const question = askAndSend(button)
  const mine = asked
  try {
    await question
  } catch (error) {
    const { name } = error as Error
    // Another question took its place. A browser that gives up by itself may call it the same, so the name says nothing.
    if (mine !== asked) return
    line.textContent = (name === 'InvalidStateError' && button.dataset.exists) || (button.dataset.cancelled ?? '')
    if (button.dataset.passkey === 'log-in') askAndSend(button, 'conditional').catch(() => {})
  }
}

/** What went wrong is said there, and read aloud. */
function lineBehind(button: HTMLButtonElement): Element {
  const next = button.nextElementSibling
  if (next?.role === 'status') return next
  const line = document.createElement('p')
  line.role = 'status'
  button.after(line)
  return line
}

async function askAndSend(button: HTMLButtonElement, mediation?: CredentialMediationRequirement): Promise<void> {
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  const fields = fieldsOf(button)
  const headers = { accept: 'application/json' }
  const { action = '' } = button.dataset
  const sent = { method: 'POST', headers, body: new URLSearchParams(fields), signal }
  const options = await fetch(`${action}/options`, sent)
  if (!options.ok) throw new Error(options.statusText)
  const given = await options.json()
  const answer = await (button.dataset.passkey === 'add' ? add(given, signal) : use(given, signal, mediation))
  // Read once more: the box may have been ticked meanwhile.
  send(action, { ...fieldsOf(button), answer: JSON.stringify(answer) })
}

/** What stands on the page beside the button, and the token of the session. */
function fieldsOf({ dataset: { token } }: HTMLButtonElement): Record<string, string> {
  const names = '[name=return_to],[name=remember]:checked,[name=trust]:checked'
  const fields = [...document.querySelectorAll<HTMLInputElement>(names)].map(({ name, value }) => [name, value])
  return { ...Object.fromEntries(fields), ...(token && { form_token: token }) }
}

function send(action: string, fields: Record<string, string>): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = action
  for (const [name, value] of Object.entries(fields)) {
    const field = document.createElement('input')
    field.type = 'hidden'
    field.name = name
    field.value = value
    form.append(field)
  }
  document.body.append(form)
  form.submit()
}

/** The site did not know the one that was just used: the device need not offer it again. */
function forgetUnknown(button: HTMLButtonElement): void {
  const { unknown } = button.dataset
  if (unknown) signal('signalUnknownCredential', JSON.parse(unknown))
}

/** The Signal API (WebAuthn Level 3, section 5.1.10), where there is one. */
function signal(name: string, values: object): void {
  const api = PublicKeyCredential as unknown as Record<string, ((values: object) => Promise<void>) | undefined>
  api[name]?.(values).catch(() => {})
}
