// What people see: the name, the look and the words of the site.

import { brandColor, ownFile } from '../branding.ts'
import { emailAddress } from '../mailbox-address.ts'
import { textOverrides } from '../text-overrides.ts'
import { oneLine } from '../values.ts'

export const looks = {
  siteName: oneLine(60).default('Gatelodge').meta({
    description: 'The name of your site, as people read it on every page and in every email.',
    example: 'Acme Books',
  }),
  supportEmail: emailAddress.optional().meta({
    description:
      'An address for people who need help, shown at the foot of every page and email. Answers to emails go there. Default: none.',
    example: 'help@example.org',
  }),
  siteLogo: ownFile(['.svg', '.png', '.webp', '.jpg'], 200 * 1024)
    .optional()
    .meta({
      description:
        'A picture that stands before the name of your site on every page, and in the browser’s tab: a file, read at start. Default: our mark.',
      example: '/etc/gatelodge/logo.svg',
    }),
  brandColor: brandColor.optional().meta({
    description:
      'The colour of buttons and links; a second one, behind a comma, is for dark screens (made from the first where it is missing). ' +
      'It must be readable on white, and the start tells a near one where it is not. Default: our green.',
    example: '#7a1f4b',
  }),
  css: ownFile(['.css'], 200 * 1024)
    .optional()
    .meta({
      description:
        'A style sheet of yours, read at start and sent from this site behind ours, so that it has the last word: `:root { --radius: 0 }`. The names ' +
        'on top of ours are the theme. Pictures in it must come from this site; fonts are not loaded. Default: none.',
      example: '/etc/gatelodge/own.css',
    }),
  words: textOverrides.default({}).meta({
    description:
      'Text overrides: texts of yours in place of ours on pages and in emails, by key, in ICU MessageFormat with the same arguments. A file of JSON, read at ' +
      'start, or an object in code. `gatelodge words` prints all there are. Default: ours.',
    example: '/etc/gatelodge/words.json',
    defaultText: 'ours',
  }),
}
