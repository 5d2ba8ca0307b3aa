// Notes, each person their own: Fastify with Gatelodge inside.
import fastify from 'fastify'
import { createGatelodge } from 'gatelodge'

const gatelodge = await createGatelodge({ siteName: 'Notes' })
const app = fastify()
app.register(gatelodge.fastify)

app.get('/', (_request, reply) => reply.redirect('/notes'))
app.get('/notes', { preHandler: gatelodge.fastify.requireAccount }, async (request) => {
  const { account } = request.gatelodge
  return `Notes of ${account.name}. Log out at /logout.`
})

await app.listen({ port: Number(process.env.PORT ?? 3000) })
