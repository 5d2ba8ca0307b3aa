// `npm run attack -- http://localhost:3000`: attacks a running Gatelodge from outside and prints what got through.
// README.md says what it tries.
import { beside, inTurn, last } from './all.ts'
import type { Attack } from './attack.ts'
import { firstLook } from './first-look.ts'
import { useInviteCommand } from './invite.ts'
import { useMailboxKey } from './mailbox.ts'
import { type Options, readOptions, usage } from './options.ts'
import { gotThrough, type Result, runAttacks } from './run.ts'
import { details, table } from './table.ts'
import { Limited, Target } from './target.ts'

const all: Attack[] = [...beside, ...inTurn, ...last]

process.exitCode = await main(process.argv.slice(2))

async function main(words: string[]): Promise<number> {
  let options: ReturnType<typeof readOptions>
  try {
    options = readOptions(words)
  } catch (error) {
    console.error((error as Error).message)
    return 2
  }
  if (options === 'help') console.log(usage)
  else if (options === 'list') for (const one of all) console.log(listed(one))
  else return attack(options)
  return 0
}

function listed({ name, sent, expected, needsEmails }: Attack): string {
  const needs = needsEmails ? '\n  needs    the emails at /dev/mailbox' : ''
  return `${name}\n  sends    ${sent}\n  expects  ${expected}${needs}`
}

async function attack({ base, only, isWithoutGuessing, mailboxKey, inviteCommand }: Options): Promise<number> {
  const isWanted = (one: Attack) => (!only || one.name.includes(only)) && !(isWithoutGuessing && last.includes(one))
  const many = all.filter(isWanted).length
  if (many === 0) return impossible(`No attack has "${only}" in its name. --list names them all.`)

  console.log(`${many} attacks on ${base.href}`)
  console.log(
    'They register some throw-away accounts (attack-…@example.org) and log in with them. Run them where you may.',
  )
  const target = new Target(base)
  if (mailboxKey) useMailboxKey(mailboxKey)
  if (inviteCommand) useInviteCommand(inviteCommand)
  const started = performance.now()
  try {
    const why = await firstLook(target)
    if (why) return impossible(why)
    const results = await runAttacks(target, isWanted)
    const through = results.filter(gotThrough)
    const { registrations, wrongLogIns } = target.spent
    console.log(`\n${table(results)}\n\n${details(results)}`)
    console.log(
      `${results.length} attacks in ${Math.round((performance.now() - started) / 1000)} s, ${through.length} got through.`,
    )
    for (const line of notTried(results)) console.log(line)
    console.log(`It took ${registrations} registrations and ${wrongLogIns} wrong log-ins.`)
    return through.length > 0 ? 1 : 0
  } catch (error) {
    if (!(error instanceof Limited)) throw error
    return impossible(
      `The site limits this client address already: wait ${error.wait} s, or restart it with fresh limits.`,
    )
  }
}

/** How many attacks were skipped, and why: "nothing got through" says nothing about those. */
function notTried(results: Result[]): string[] {
  const reasons = results.filter(({ isTried }) => !isTried).map(({ came }) => came)
  const each = [...new Set(reasons)].map((why) => [why, reasons.filter((one) => one === why).length] as const)
  return each.map(([why, many]) => `${many} of them could not be tried: ${why}.`)
}

function impossible(why: string): number {
  console.error(why)
  return 2
}
