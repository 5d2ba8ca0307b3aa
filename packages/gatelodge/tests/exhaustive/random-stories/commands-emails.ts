// What comes and goes by email: ask for one, and press the button behind its link, in whichever browser and however often.
import { type Door, doors, type Opened } from './behind-links.ts'
import {
  type BrowserName,
  isGood,
  isOpen,
  type Link,
  type Model,
  mayAskFor,
  ownerOf,
  sessionIn,
  writeLink,
} from './model.ts'
import { addresses, linksWithin, passwordsOf, type TypedPassword, typedPassword } from './people.ts'
import { press, type Real, type Step, step } from './step.ts'

export function forget(browser: BrowserName, email: string): Step {
  return step({
    words: `${browser} has forgotten the password of ${email}`,
    check: (m) => !sessionIn(m, browser),
    async act(m, r) {
      const { status } = await r.visitors[browser].json('POST', '/api/v1/forgot-password', { email })
      const account = ownerOf(m, email)
      const isWritten = mayAskFor(m, 'reset-password', email)
      if (isWritten && account && isOpen(m, account)) writeLink(m, 'reset-password', account, account.email)
      return [status, 202]
    },
  })
}

/** `age`: 0 is the newest. */
export interface Choice {
  age: number
  goodFirst: boolean
}

export function openLink(browser: BrowserName, { age, goodFirst }: Choice, typed: TypedPassword): Step {
  const within = (m: Readonly<Model>) => linksWithin(m as Model, browser, goodFirst)
  return step({
    words: `${browser} presses the button behind link ${age} (${typed.isRight ? 'right' : typed.pick})`,
    check: (m) => within(m).length > 0,
    async act(m, r) {
      const links = within(m)
      const link = links[age % links.length] as Link
      return use(m, r, { browser, link, typed: typedInto(doors[link.kind].field, { browser, link }, typed) })
    },
  })
}

function typedInto(field: Door['field'], { browser, link }: Omit<Opened, 'typed'>, typed: TypedPassword): string {
  const known = passwordsOf(browser)
  if (field === 'new_password') return known[typed.pick % known.length] ?? ''
  if (field === 'email') return typed.isRight ? link.address : (addresses[typed.pick] ?? '')
  return typedPassword(browser, link.account, typed)
}

/** Anyone who has kept them all tries every one that is dead. */
export function replayInvalidLinks(browser: BrowserName): Step {
  const dead = (m: Readonly<Model>) => m.links.filter((link) => !isGood(m as Model, link)).slice(-6)
  return step({
    words: `${browser} presses the button behind every invalid link`,
    check: (m) => dead(m).length > 0,
    async act(m, r) {
      for (const link of dead(m)) {
        const typed = doors[link.kind].field === 'email' ? link.address : link.account.password
        const [told, expected] = await use(m, r, { browser, link, typed })
        if (![expected].flat().includes(told)) return [told, expected]
      }
      return ['nothing', 'nothing']
    },
  })
}

async function use(m: Model, r: Real, opened: Opened): Promise<[number, number | number[]]> {
  const { path, button, field, judge } = doors[opened.link.kind]
  const fields = field ? { [field]: opened.typed } : {}
  r.told.push(`  (${opened.link.kind} to ${opened.link.address}, ${opened.link.state}, with "${opened.typed}")`)
  const status = await press(r.visitors[opened.browser], `${path}/${opened.link.token}`, button, fields)
  return [status, judge(m, opened)]
}
