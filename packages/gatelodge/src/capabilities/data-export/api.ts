import { z } from 'zod'
import { operation } from '../../api/operation.ts'
import { moment, nothing } from '../../api/shapes.ts'
import { answerExport } from './answer.ts'

const list = z.array(z.record(z.string(), z.unknown()))

/** The document that people download, too: it grows with what is stored. */
const Exported = z.strictObject({
  exported_at: moment,
  account: z.record(z.string(), z.unknown()),
  second_factors: list,
  recovery_codes_left: z.int(),
  passkeys: list,
  connections: list,
  devices: list,
  trusted_devices: list,
  logins_under_way: list,
  emails: list,
  links: list,
  activity: list,
})

export const exportData = operation({
  id: 'exportData',
  method: 'GET',
  path: '/export',
  who: 'logged-in',
  body: nothing,
  answers: { 200: Exported },
  problems: [],
  answer: (c) => answerExport(c),
})
