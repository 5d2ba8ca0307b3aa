// "Did you mean ada@gmail.com?" Sent again as it is, the typed address is taken; one click takes the one that was meant.
import type { Problem } from '../../text/problem-text.ts'
import type { Site } from '../site/site.ts'

interface Props {
  site: Site
  problems: Problem[] | undefined
}

const typoIn = (problems: Problem[] = []) => problems.find(({ code }) => code === 'typo' || code === 'typo-kept')

/**
 * First in its form. The key Enter presses the first button of a form: without the one here that would be the one beside the
 * message, and would change an address that is right.
 */
export const KeptAddress = ({ problems, email, button }: KeptProps) => {
  const isAsked = typoIn(problems) !== undefined
  return (
    <>
      {isAsked && (
        <button type="submit" class="unseen" tabindex={-1}>
          {button}
        </button>
      )}
      <input type="hidden" name="kept_email" value={isAsked ? email : ''} />
    </>
  )
}

interface KeptProps {
  problems: Problem[] | undefined
  email: string | undefined
  /** The words of the form's own button. */
  button: string
}

/** Stands below the message. */
export const UseMeant = ({ site, problems }: Props) => {
  const meant = typoIn(problems)?.meant
  if (!meant) return null
  return (
    <button type="submit" class="button plain small" name="meant_email" value={meant} translate="no">
      {site.text.useMeant({ email: meant })}
    </button>
  )
}
