// Someone whom a provider has proved a moment ago, and nobody here knows: one page before the account.
import { Hono } from 'hono'
import { typedOwn } from '../../identity/accounts/custom-fields.ts'
import { findInvitation, hasAccount } from '../../identity/invitations/state.ts'
import { paths, providerPaths } from '../../paths.ts'
import { currentVisitorState, takeFlash } from '../../web/forms/flash.ts'
import { readForm, refuse } from '../../web/forms/form.ts'
import { dropLink, linkToken } from '../../web/forms/link-token.ts'
import { page, seeOther } from '../../web/http/answer.ts'
import type { AppEnv, Context } from '../../web/http/context.ts'
import { logEvent } from '../../web/http/log-event.ts'
import { requestSourceOf } from '../../web/http/request-source.ts'
import { afterLogin } from '../../web/session/after-login.ts'
import { loginEntry } from '../../web/session/complete-login.ts'
import { currentJourney, forgetJourney, keepJourney, type OpenJourney } from '../../web/session/connection-cookie.ts'
import { visitorOnly } from '../../web/session/guards.ts'
import type { ShownConnection } from '../../web/site/site.ts'
import { NewcomerForm } from './form.ts'
import { invitationPage } from './journey.ts'
import { nameOf } from './login.rules.ts'
import { NewcomerPage } from './pages.tsx'
import type { ProviderProof } from './proof.rules.ts'
import { barred, toLogin, waiting } from './refusals.tsx'
import { judgeNewcomer, register } from './register.rules.ts'

export const newcomers = new Hono<AppEnv>()

const named = ':provider'
const settingOf = (c: Context) => c.get('services').connections.find(c.req.param('provider') ?? '')

/** Back from the provider: it asks for a name, unless there can be no account. */
export async function newcomerCameBack(c: Context, proof: ProviderProof, journey: OpenJourney): Promise<Response> {
  const judged = await judge(c, proof, journey)
  if (judged.kind === 'refused') return judged.answer
  keepJourney(c, { ...journey, profile: proof.profile }, journey.until)
  return seeOther(c, providerPaths.register(proof.setting.name))
}

async function judge(
  c: Context,
  proof: ProviderProof,
  { invitation: token }: OpenJourney,
): Promise<{ kind: 'judged'; email: string } | { kind: 'refused'; answer: Response }> {
  const { services } = c.var
  const found = token === undefined ? undefined : await findInvitation(services, token)
  // Its page says why.
  if (found?.kind === 'invalid-link') return { kind: 'refused', answer: seeOther(c, paths.invitation) }
  const judged = judgeNewcomer(services, proof, found?.invitation)
  if ('why' in judged) return { kind: 'refused', answer: barred(c, proof, judged.why) }
  // The provider calls them something else: only the account itself can take the invitation.
  if (found && (await hasAccount(services, found.invitation))) {
    const notice = { code: 'connection-log-in-first', provider: proof.setting.label } as const
    return { kind: 'refused', answer: toLogin(c, invitationPage(c), notice) }
  }
  return { kind: 'judged', email: judged.address.given }
}

interface Newcomer {
  proof: ProviderProof
  journey: OpenJourney
  shown: ShownConnection
}

function newcomerOf(c: Context): Newcomer | undefined {
  const setting = settingOf(c)
  const journey = setting && currentJourney(c, setting.name)
  const shown = c.get('site').connections.find(({ name }) => name === setting?.name)
  if (!setting || !shown || !journey?.profile) return undefined
  return {
    ...{ journey, shown },
    proof: { setting, profile: journey.profile, state: journey.ties.state, until: journey.until },
  }
}

newcomers.get(providerPaths.register(named), visitorOnly, async (c) => {
  const newcomer = newcomerOf(c)
  if (!newcomer) return seeOther(c, paths.login)
  const { proof, journey, shown: provider } = newcomer
  const judged = await judge(c, proof, journey)
  if (judged.kind === 'refused') return judged.answer
  const { email } = judged
  const props = { site: c.get('site'), flash: takeFlash(c), provider, email, name: nameOf(proof.profile, email) }
  return page(c, 200, <NewcomerPage {...props} />)
})

newcomers.post(providerPaths.register(named), visitorOnly, async (c) => {
  const newcomer = newcomerOf(c)
  if (!newcomer) return seeOther(c, paths.login)
  const { proof, journey } = newcomer
  const path = providerPaths.register(proof.setting.name)
  const form = readForm(c, NewcomerForm)
  if (form.kind === 'refused') return refuse(c, { path, problems: form.problems, values: {} })
  const own = c.get('fields')
  const { remembered, invitation } = journey
  const returnTo = wantedBehind(c, journey)
  const entry = loginEntry(c, { remembered, as: 'cookie', returnTo })
  const typed = { ...form.input, own, invitation }
  const outcome = await register(c.get('services'), proof, typed, entry, requestSourceOf(c))
  switch (outcome.kind) {
    case 'logged-in':
      accepted(c, journey, outcome.account)
      return seeOther(c, afterLogin(c, returnTo), { notice: { code: 'welcome' } })
    case 'step-due':
      accepted(c, journey, outcome.account)
      return seeOther(c, outcome.step.page)
    case 'refused':
      return refuse(c, {
        path,
        problems: outcome.problems,
        values: { name: typed.name, ...typedOwn(c.get('site').fields, own) },
      })
    case 'barred':
      forgetJourney(c)
      return barred(c, proof, outcome.why)
    case 'over':
      forgetJourney(c)
      return toLogin(c, journey.returnTo, { code: 'connection-over', provider: proof.setting.label })
    case 'invalid-link':
      forgetJourney(c)
      logEvent(c, 'link.refused', { reason: `invitation-${outcome.why}` })
      return seeOther(c, paths.invitation)
    case 'rate-limited':
      return waiting(c, outcome, journey.returnTo)
  }
})

/** Behind an invitation: where they were on the way to before, because its own page has nothing more to offer. */
function wantedBehind(c: Context, { invitation, returnTo }: OpenJourney): string | undefined {
  if (invitation === undefined) return returnTo
  const before = currentVisitorState(c)?.returnTo
  return before === invitationPage(c) ? undefined : before
}

function accepted(c: Context, { invitation }: OpenJourney, account: Buffer): void {
  forgetJourney(c)
  if (invitation === undefined) return
  logEvent(c, 'invitation.accepted', { account })
  if (linkToken(c, paths.invitation) === invitation) dropLink(c)
}
