// Groups in the console.
import { Hono } from 'hono'
import { isGroupName } from '../../config/group-name.ts'
import { listAccounts } from '../../identity/accounts/list-storage.ts'
import { paths } from '../../paths.ts'
import { readShape, refuse } from '../../web/forms/form.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { failure } from '../../web/http/error-pages.tsx'
import { administrator, administratorActing, frameOf, orderOf } from '../../web/session/administrator.ts'
import { nobody, perform } from './acts.ts'
import { GroupForm, groupActs, groupProblem } from './groups.form.ts'
import { GroupActPage, GroupPage, GroupsPage, groupActPath, groupPath } from './groups.pages.tsx'

export const groups = new Hono<AppEnv>()

/** Members on one page. */
const membersShown = 25

groups.get(paths.consoleGroups, administrator, async (c) => {
  const { services } = c.var
  const given = c.req.query('after')
  const after = given !== undefined && isGroupName(given) ? given : undefined
  const found = await services.groups.list(after)
  const last = found.at(-1)?.name
  const hasNext = last !== undefined && (await services.groups.list(last)).length > 0
  const props = { frame: await frameOf(c), groups: found, next: hasNext ? last : undefined }
  return page(c, 200, <GroupsPage {...props} isLater={after !== undefined} now={services.clock.now()} />)
})

groups.get(paths.consoleGroup, administrator, async (c) => {
  const { services } = c.var
  const group = await groupOf(c)
  if (!group) return failure(c, 'not-found')
  const wanted = { group: group.name, limit: membersShown }
  const { db } = services.database
  const cursor = c.req.query('cursor')
  const listed = (await listAccounts(db, { ...wanted, cursor })) ?? (await listAccounts(db, wanted))
  const props = { frame: await frameOf(c), group, members: listed?.accounts ?? [], next: listed?.next }
  return page(c, 200, <GroupPage {...props} isLater={cursor !== undefined} now={services.clock.now()} />)
})

groups.get(`${paths.consoleGroups}/:act`, administratorActing, async (c) => {
  const { act, group } = await asked(c)
  if (!act) return failure(c, 'not-found')
  const frame = await frameOf(c)
  const values = frame.flash.form?.values ?? { description: group?.description }
  return page(c, 200, <GroupActPage frame={frame} act={act} group={group} values={values} />)
})

groups.post(`${paths.consoleGroups}/:act`, administrator, async (c) => {
  const { act, group } = await asked(c)
  if (!act) return failure(c, 'not-found')
  const path = groupActPath(act.name, group?.name)
  const read = readShape(c, GroupForm)
  if (read.kind === 'refused') return refuse(c, { path, problems: read.problems, values: {} })
  const { name } = group ?? { name: read.input.group.trim() }
  const input = { group: name, description: read.input.description.trim() }
  const outcome = await perform(act.act, c.get('services'), await orderOf(c), nobody, input)
  const problem = groupProblem(outcome)
  if (problem) return refuse(c, { path, problems: [problem], values: read.input })
  if (outcome.kind === 'no-group') return failure(c, 'not-found')
  if (outcome.kind !== 'done')
    return seeOther(c, group ? groupPath(name) : path, { notice: { code: 'act-refused', why: outcome.kind } })
  const to = act.name === 'delete-group' ? paths.consoleGroups : groupPath(name)
  return seeOther(c, to, { notice: { code: 'act-done', act: act.name } })
})

async function groupOf(c: Context) {
  const { groups, database } = c.get('services')
  return groups.find(database.db, c.req.query('name') ?? '')
}

/** The act, where it makes sense: one is made that is not there yet, the others are done to one that is. */
async function asked(c: Context) {
  const act = groupActs.find(({ name }) => name === c.req.param('act'))
  const group = act?.name === 'create-group' ? undefined : await groupOf(c)
  return act && (group || act.name === 'create-group') ? { act, group } : { act: undefined, group: undefined }
}
