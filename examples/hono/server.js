// Notes, each person their own: Hono with Gatelodge inside.
import { serve } from '@hono/node-server'
import { createGatelodge } from 'gatelodge'
import { Hono } from 'hono'

const gatelodge = await createGatelodge({ siteName: 'Notes' })
const app = new Hono()
app.use(async (c, next) => (await gatelodge.fetch(c.req.raw, c.env)) ?? next())

app.get('/', (c) => c.redirect('/notes'))
app.get('/notes', async (c) => {
  const who = await gatelodge.fetch.requireAccount(c.req.raw)
  return who instanceof Response ? who : c.text(`Notes of ${who.account.name}. Log out at /logout.`)
})

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
