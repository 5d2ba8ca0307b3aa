// Notes, each person their own: Hono with Gatelodge inside.
import { serve } from '@hono/node-server'
import { createGatelodge } from 'gatelodge'
import { Hono } from 'hono'

const gatelodge = await createGatelodge({ siteName: 'Notes' })
const app = new Hono()
app.use(gatelodge.hono)

app.get('/', (c) => c.redirect('/notes'))
app.get('/notes', gatelodge.hono.requireAccount, (c) => {
  const { account } = c.var.gatelodge
  return c.text(`Notes of ${account.name}. Log out at /logout.`)
})

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) })
