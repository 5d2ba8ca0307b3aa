// Notes, each person their own: Express with Gatelodge inside.
import express from 'express'
import { createGatelodge } from 'gatelodge'

const gatelodge = await createGatelodge({ siteName: 'Notes' })
const app = express()
app.use(gatelodge.express())

app.get('/', (_request, response) => response.redirect('/notes'))
app.get('/notes', gatelodge.express.requireAccount, (request, response) => {
  const { account } = request.gatelodge
  response.type('text').send(`Notes of ${account.name}. Log out at /logout.`)
})

app.listen(process.env.PORT ?? 3000)
