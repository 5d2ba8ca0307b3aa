// Where we stand below a path, `/terms` on a page of ours would get it too. What the app wrote leads where the app says.
import { raw } from 'hono/html'
import type { CustomField } from '../../config/custom-fields.ts'
import type { Settings } from '../../config/schema.ts'
import type { FilledSlots } from '../../hooks/slots.ts'

interface Theirs {
  fields: CustomField[]
  slots: FilledSlots
}

/** Paths become whole addresses. */
export function linksOfTheApp({ baseUrl, basePath }: Settings, { fields, slots }: Theirs): Theirs {
  if (!basePath) return { fields, slots }
  const whole = (href: string) => (href.startsWith('/') ? baseUrl + href : href)
  const inMarkup = (filling: ReturnType<FilledSlots['foot']>) => {
    // Text will be escaped, so no link can be in it.
    if (filling === null || typeof filling === 'string') return filling
    return raw(
      String(filling).replace(/ (href|src|action)="(\/(?!\/)[^"]*)"/g, (_, name, href) => ` ${name}="${whole(href)}"`),
    )
  }
  return {
    fields: fields.map((field) => {
      if (field.type !== 'checkbox' || !field.link) return field
      return { ...field, link: { ...field.link, href: whole(field.link.href) } }
    }),
    slots: {
      belowForm: (page) => inMarkup(slots.belowForm(page)),
      foot: (page) => inMarkup(slots.foot(page)),
    },
  }
}
