// Messages on a page: the notice after something was done, and the summary of the problems in a form.
import { type Problem, problemText } from '../../text/problem-text.ts'
import { say } from '../../text/text.ts'
import { customLabel } from '../forms/custom-label.ts'
import type { Notice } from '../forms/visitor-cookie.ts'
import type { Site } from '../site/site.ts'
import { WithName } from './with-name.tsx'

/** Something did not happen. */
const warnings = new Set([
  ...['send-again', 'other-link', 'recovery-codes-few', 'passkey-refused', 'passkey-unknown'],
  ...['passkey-not-added', 'passkey-algorithm', 'passkey-exists', 'passkey-last-way-in', 'act-refused'],
  ...['connection-away', 'connection-wrong', 'connection-over', 'connection-refused', 'connection-log-in-first'],
  ...['connection-closed', 'connection-no-address', 'connection-unproved', 'connection-not-allowed'],
  ...['connection-exists', 'connection-last-way-in', 'connection-other'],
])

export const NoticeBox = ({ site, notice }: { site: Site; notice: Notice | undefined }) => {
  if (!notice) return null
  const { email = '', provider = '' } = notice
  const words = actWords(site, notice) ?? say(site.text.notices[notice.code], { email, provider })
  const isWarning = notice.lost !== undefined || warnings.has(notice.code) || notice.code.startsWith('ended-')
  return (
    <div class={isWarning ? 'flash warn' : 'flash'} role="alert">
      <p>
        <WithName words={words} name={email} />
      </p>
      {notice.lost && <p>{site.text.lost[notice.lost]}</p>}
    </div>
  )
}

/** It may come from the cookie of another version: an act or a reason that is gone has the words for all. */
function actWords({ text: { console: words } }: Site, { act = '', why = '' }: Notice): string | undefined {
  const acts: Record<string, { done: string }> = words.acts
  const refusals: Record<string, string> = words.refusals
  if (Object.hasOwn(refusals, why)) return refusals[why]
  return Object.hasOwn(acts, act) ? acts[act]?.done : undefined
}

/** One link for each problem, to its field. The script moves the focus here when the page opens. */
export const Summary = ({ problems, site }: { problems: Problem[]; site: Site }) => (
  <div class="summary" role="alert" tabindex={-1}>
    <h2>{site.text.problemHeading}</h2>
    <ul>
      {problems.map((problem) => (
        <li>
          <a href={`#${problem.field}`}>
            {problemText(site.text, problem, {
              least: site.passwordMinLength,
              label: customLabel(site.fields, problem.field),
            })}
          </a>
        </li>
      ))}
    </ul>
  </div>
)
