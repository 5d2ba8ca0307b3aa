// What happens to a log-in under way before its last step, so that it becomes invalid.
import { hours } from '../../src/time.ts'
import { Client } from './client.ts'
import { accountOf, type Scene } from './scene.ts'

/** @returns who asks then. */
type Mishap = (scene: Scene) => Promise<{ client: Client }>

const change = (columns: { disabled_at: number } | { factor_version: number }): Mishap => {
  return async (scene) => {
    const { id } = await accountOf(scene)
    const { db } = scene.app.services.database
    await db.updateTable('gatelodge_accounts').set(columns).where('id', '=', id).execute()
    return scene
  }
}

export const mishaps: Record<string, Mishap> = {
  async 'After its time'(scene) {
    const [last] = scene.due
    scene.app.clock.pass(last?.lasts ?? hours(1))
    return scene
  },
  async 'After a change of the password'(scene) {
    const { id } = await accountOf(scene)
    const { passwords, database, clock, hashing } = scene.app.services
    const hash = await hashing.hash('amber ferry clock')
    await database.transact(
      async (trx) => passwords.replace(trx, id, hash, clock.now()),
      async () => undefined,
    )
    return scene
  },
  'After a change of a factor': change({ factor_version: 9 }),
  'After the account was disabled': change({ disabled_at: 1 }),
  async 'After it was cancelled'(scene) {
    const copy = scene.client.copy()
    await scene.client.goOn('/login/cancel')
    return { client: copy }
  },
  /** A cookie's token in the hands of an app, and an app's in a cookie. */
  async 'Carried the other way'({ app, client }) {
    const other = new Client(app, client.as === 'cookie' ? 'bearer' : 'cookie')
    if (client.loginToken) other.visitor.cookies.set('gatelodge-login', client.loginToken)
    else other.loginToken = client.visitor.cookies.get('gatelodge-login')
    return { client: other }
  },
}
