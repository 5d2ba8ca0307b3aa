// API keys in the console: all of them, a new one, and an end to one.
import { Hono } from 'hono'
import { isGroupName } from '../../config/group-name.ts'
import { paths } from '../../paths.ts'
import { keepNewCodes, takeNewCodes } from '../../web/forms/flash.ts'
import { readShape, refuse } from '../../web/forms/form.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { nobody, perform } from './acts.ts'
import { KeyForm, KeyNameForm, readKey, whyNoKey } from './key.form.ts'
import { KeyPage, KeysPage, NewKeyPage, RevokeKeyPage } from './keys.pages.tsx'
import { createKey, findKey, listKeys, revokeKey } from './keys.rules.ts'

export const keys = new Hono<AppEnv>()

keys.get(paths.consoleKeys, administrator, async (c) => {
  const { services } = c.var
  const after = c.req.query('before')
  const listed = await listKeys(services, after !== undefined && isGroupName(after) ? after : undefined)
  return page(c, 200, <KeysPage frame={await frameOf(c)} {...listed} now={services.clock.now()} />)
})

keys.get(paths.consoleNewKey, administratorActing, async (c) => page(c, 200, <NewKeyPage frame={await frameOf(c)} />))

keys.post(paths.consoleNewKey, administrator, async (c) => {
  const path = paths.consoleNewKey
  const form = readShape(c, KeyForm)
  if (form.kind === 'refused') return refuse(c, { path, problems: form.problems, values: {} })
  const input = readKey(form.input)
  const outcome = await perform(createKey, c.get('services'), await orderOf(c), nobody, input)
  if (outcome.kind !== 'done') return refuse(c, { path, problems: [whyNoKey(outcome.kind)], values: form.input })
  keepNewCodes(c, ofKey(input.name), [outcome.text])
  return seeOther(c, withKey(paths.consoleMadeKey, input.name))
})

keys.get(paths.consoleMadeKey, administrator, async (c) => {
  const name = c.req.query('key') ?? ''
  const [text] = takeNewCodes(c, ofKey(name)) ?? []
  if (text === undefined) return seeOther(c, paths.consoleKeys)
  return page(c, 200, <KeyPage frame={await frameOf(c)} name={name} text={text} />)
})

keys.get(paths.consoleRevokeKey, administratorActing, async (c) => {
  const key = await askedFor(c, c.req.query('key'))
  return key ? page(c, 200, <RevokeKeyPage frame={await frameOf(c)} apiKey={key} />) : failure(c, 'not-found')
})

keys.post(paths.consoleRevokeKey, administrator, async (c) => {
  const form = readShape(c, KeyNameForm)
  const name = form.kind === 'read' ? form.input.key_name : ''
  const { kind } = await perform(revokeKey, c.get('services'), await orderOf(c), nobody, { name })
  if (kind === 'no-key' || kind === 'bad-input') return failure(c, 'not-found')
  return seeOther(c, paths.consoleKeys, { notice: { code: 'act-done', act: 'revoke-key' } })
})

const askedFor = (c: Context, name = '') => findKey(c.get('services'), name)
const withKey = (path: string, name: string) => `${path}?${new URLSearchParams({ key: name })}`
/** By it the page finds what was kept for it, and no other page does. */
const ofKey = (name: string) => Buffer.from(`key ${name}`)
