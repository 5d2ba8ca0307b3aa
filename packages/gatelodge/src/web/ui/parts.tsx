// Facts on a line, with a dot between two of them. Lines break between facts, and no line begins or ends with a dot: each dot
// belongs to the fact behind it, and where that one begins a line, the style sheet puts the dot outside (styles/account.css).
import type { Child } from 'hono/jsx'

/** @param of what is false, null or empty is no fact. */
export const Parts = ({ of }: { of: Child[] }) => (
  <span class="parts">
    {of.filter(Boolean).map((fact, at) => (
      <>
        {at > 0 && ' '}
        <span class="part">
          {at > 0 && <span class="dot">{'· '}</span>}
          {fact}
        </span>
      </>
    ))}
  </span>
)

/** Where a request came from: digits stay in their order, whatever language stands around them. */
export const ClientAddress = ({ of }: { of: string }) => (
  <span dir="ltr" translate="no">
    {of}
  </span>
)
