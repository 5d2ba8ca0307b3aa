// What the site and the app that embeds us add: hooks and custom fields work for programs as they do for people.
import { expect, it } from 'vitest'
import type { CustomField } from '../../src/config/custom-fields.ts'
import type { Hooks } from '../../src/hooks/hooks.ts'
import { onEachDatabase } from '../support/databases.ts'
import { useApp } from '../support/make-app.ts'
import { Program } from '../support/program.ts'
import { someone } from '../support/visitor.ts'

const fields: CustomField[] = [
  { name: 'company', label: 'Company', type: 'text', required: true, maxLength: 20 },
  {
    name: 'plan',
    label: 'Plan',
    hint: 'It can be changed.',
    type: 'select',
    options: ['Free', 'Paid'],
    required: false,
  },
  { name: 'terms', label: 'I accept the terms of use', type: 'checkbox', required: true },
]

/** The calls that each hook got. */
const told: string[] = []
const hear = (name: string) => async () => void told.push(name)
const hooks: Hooks = {
  async onRegistering({ name }) {
    told.push('onRegistering')
    return name === 'Mallory' ? { refuse: 'Only members may register.' } : undefined
  },
  ...{ onRegistered: hear('onRegistered'), onLoggedIn: hear('onLoggedIn'), onLoggedOut: hear('onLoggedOut') },
}

onEachDatabase('Of programs', (database) => {
  const app = useApp(database, { fields }, () => ({ hooks }))
  const own = { company: ' Analytical Engines ', terms: true }

  it('the app that holds us hears as it does of people, once each, and not of a renewed token', async () => {
    told.length = 0
    const program = new Program(app())
    const person = someone()
    const refused = await program.post('/register', { ...person, ...own, name: 'Mallory' })
    expect(refused.body).toMatchObject({ code: 'fields', errors: [{ message: 'Only members may register.' }] })
    expect(told.splice(0)).toEqual(['onRegistering'])
    const { body } = await program.post('/register', { ...person, ...own, session: 'bearer' })
    program.token = (body as { token: string }).token
    expect(told.splice(0)).toEqual(['onRegistering', 'onRegistered', 'onLoggedIn'])
    const confirmed = await program.post('/password/confirm', { current_password: person.password })
    program.token = (confirmed.body as { token: string }).token
    await program.post('/devices/end-others')
    await program.post('/logout')
    expect(told.splice(0)).toEqual(['onLoggedOut', 'onLoggedOut'])
  })

  it('V2.2.1 the site asks the same fields, keeps them, and its document has them', async () => {
    const program = new Program(app())
    const without = await program.post('/register', { ...someone(), plan: 'Stolen' })
    const { errors } = without.body as { errors: { field: string; code: string }[] }
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([
      ...['company empty', 'plan no-choice', 'terms unticked'],
    ])
    const { body } = await program.post('/register', { ...someone(), ...own, session: 'bearer' })
    program.token = (body as { token: string }).token
    const stored = { company: 'Analytical Engines', terms: true }
    expect((await program.get('/session')).body).toMatchObject({ account: { fields: stored } })

    const document = (await program.ask('GET', '/api/openapi.json', undefined, { authorization: undefined })).body as {
      paths: Record<string, { post: { requestBody: { content: Record<string, { schema: object }> } } }>
    }
    expect(document.paths['/register']?.post.requestBody.content['application/json']?.schema).toMatchObject({
      properties: {
        company: { type: 'string', description: 'Company' },
        plan: { enum: ['Free', 'Paid'], description: 'Plan. It can be changed.' },
        terms: { type: 'boolean' },
      },
      required: ['name', 'email', 'password', 'company', 'terms'],
    })
  })
})
