// Groups for programs. Their members are those that the list of accounts gives for a group.
import { z } from 'zod'
import { described } from '../../api/described.ts'
import { wrongQuery } from '../../api/list-query.ts'
import { type OperationId, operation } from '../../api/operation.ts'
import { moment, nextCursor, nothing, reason } from '../../api/shapes.ts'
import { isGroupName } from '../../config/group-name.ts'
import { json } from '../../web/http/answer.ts'
import type { ProblemCode } from '../../web/http/problem-codes.ts'
import type { Act } from './act.rules.ts'
import { account, actOnAccount, actWithoutContent, Managed, ofAct } from './for-programs.ts'
import { createGroup, deleteGroup, describeGroup, joinGroup, leaveGroup } from './groups.rules.ts'

const Groups = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), description: z.string(), created_at: moment })),
  next: nextCursor,
})

export const adminListGroups = operation({
  id: 'adminListGroups',
  method: 'GET',
  path: '/admin/groups',
  who: 'key',
  admin: { scope: 'groups:read' },
  body: nothing,
  query: { cursor: 'listCursor' },
  answers: { 200: Groups },
  problems: ['query'],
  async answer(c) {
    const cursor = c.req.query('cursor')
    if (cursor !== undefined && !isGroupName(cursor)) return wrongQuery(c)
    const found = await c.get('services').groups.list(cursor)
    const groups = found.map(({ name, description, createdAt }) => ({
      ...{ name, description, created_at: new Date(createdAt).toISOString() },
    }))
    // The last page is an empty one: a page that is full by chance needs no second look.
    return json(c, 200, { groups, next: found.at(-1)?.name ?? null } satisfies z.output<typeof Groups>)
  },
})

const group = z.string().meta(described('groupName'))
const description = z.string().default('').meta(described('groupDescription'))
const problems: ProblemCode[] = ['not-found', 'state']

function onGroup<Input extends z.ZodObject, Outcome extends { kind: string }>(
  id: OperationId,
  path: string,
  one: Act<Input, Outcome>,
) {
  return operation({
    id,
    method: 'POST',
    path: `/admin/groups${path}`,
    who: 'key',
    admin: { scope: 'groups:write' },
    body: z.object({ group, description, reason }),
    answers: { 204: null },
    problems,
    answer: (c, { reason, ...input }) => actWithoutContent(c, one, { reason }, input as z.input<Input>),
  })
}

export const adminCreateGroup = onGroup('adminCreateGroup', '', createGroup)
export const adminDescribeGroup = onGroup('adminDescribeGroup', '/describe', describeGroup)

export const adminDeleteGroup = operation({
  id: 'adminDeleteGroup',
  method: 'POST',
  path: '/admin/groups/delete',
  who: 'key',
  admin: { scope: 'groups:write' },
  body: z.object({ group, reason }),
  answers: { 204: null },
  problems,
  answer: (c, { group, reason }) => actWithoutContent(c, deleteGroup, { reason }, { group }),
})

function member(id: OperationId, path: string, one: typeof joinGroup | typeof leaveGroup) {
  return operation({
    id,
    method: 'POST',
    path: `/admin/groups/${path}`,
    who: 'key',
    admin: { scope: 'groups:write' },
    body: z.object({ account, group, reason }),
    answers: { 200: Managed },
    problems: ofAct,
    answer: (c, { group, ...given }) => actOnAccount(c, one, given, { group }),
  })
}

export const adminAddToGroup = member('adminAddToGroup', 'add', joinGroup)
export const adminRemoveFromGroup = member('adminRemoveFromGroup', 'remove', leaveGroup)
