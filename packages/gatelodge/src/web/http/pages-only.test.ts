import { expect, it } from 'vitest'
import { onEachDatabase } from '../../../tests/support/databases.ts'
import { useApp } from '../../../tests/support/make-app.ts'

onEachDatabase('What another page loads', (database) => {
  const app = useApp(database)

  it.each(['script', 'image', 'style', 'object', 'embed', 'font', 'worker', 'x'])(
    'V3.2.1 V3.5.8 is no page with a session, as a %s',
    async (destination) => {
      const browser = app().visitor()
      const { email = '' } = await browser.register()
      for (const accept of ['*/*', 'application/json']) {
        const answer = await browser.send('GET', '/account', undefined, { 'sec-fetch-dest': destination, accept })
        expect(answer.status).toBe(403)
        expect(await answer.text()).not.toContain(email)
      }
      expect(app().logged).toContainEqual(expect.objectContaining({ reason: `sec-fetch-dest is ${destination}` }))
    },
  )

  it.each(['document', 'empty'])('V3.2.1 but it may be opened or fetched, as a %s', async (destination) => {
    const browser = app().visitor()
    await browser.register()
    const answer = await browser.send('GET', '/account', undefined, { 'sec-fetch-dest': destination })
    expect(answer.status).toBe(200)
  })

  it('V3.2.1 is one of the built files', async () => {
    const browser = app().visitor()
    const { html } = await browser.open('/login')
    const script = /src="([^"]+)"/.exec(html)?.[1] ?? ''
    const answer = await browser.send('GET', script, undefined, { 'sec-fetch-dest': 'script' })
    expect(answer.status).toBe(200)
  })
})
