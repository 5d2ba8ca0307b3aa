// After a log-in with a password, people without a passkey are offered to make one: a card on the account page, in nobody's way.
import { paths } from '../../paths.ts'
import type { Shown } from '../../web/ui/account-row.tsx'
import { Form } from '../../web/ui/fields.tsx'
import { stencil } from '../../web/ui/stencil.ts'

/** Whether one can be made now, on a site with a domain and for an address that is its owner's, and nobody has answered yet. */
export function mayOffer({ site, account, counts, methods }: Shown): boolean {
  const mayMakeOne = site.offersPasskeys && (account.verifiedAt !== null || site.emails === 'none')
  return mayMakeOne && counts.mayBeOfferedPasskey && methods.pwd !== undefined
}

export const offer = stencil(['token'], (site, { token }) => {
  const words = site.text.passkeys.offer
  return (
    <section class="offer" aria-labelledby="passkey-offer">
      <h2 id="passkey-offer">{words.title}</h2>
      <p>{words.lead}</p>
      <div>
        <a class="button small" href={paths.addPasskey}>
          {words.accept}
        </a>
        <Form action={paths.passkeyOffer} token={token}>
          <button type="submit" class="button plain small">
            {words.decline}
          </button>
        </Form>
      </div>
    </section>
  )
})
