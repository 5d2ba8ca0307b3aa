// A page that is for those who are logged in.
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { gatelodge } from '../../gatelodge.js'

export default async function Notes() {
  const who = await (await gatelodge()).session(await headers())
  if (!who) redirect('/login?return_to=/notes')
  return (
    <main>
      <h1>Notes of {who.account.name}</h1>
      <a href="/account">Your account</a> <a href="/logout">Log out</a>
    </main>
  )
}
