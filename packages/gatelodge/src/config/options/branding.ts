// Written from config/settings/ by `npm run docs`: what an editor shows of each setting.
import type { SettingsInput } from '../schema.ts'

export interface BrandingOptions {
  /**
   * The name of your site, shown on every page and in every email.
   *
   * One line of text, at most 60 characters.
   * @default Gatelodge
   * @example Acme Books
   */
  siteName?: SettingsInput['siteName'] | undefined
  /**
   * An address for users who need help, shown at the bottom of every page and email. Replies to emails go there. Default: none.
   *
   * An email address.
   * @example help@example.org
   */
  supportEmail?: SettingsInput['supportEmail'] | undefined
  /**
   * The logo of your site: a file that is read at start. It is shown before the name on every page, and in the browser tab. Emails carry a PNG or JPEG of 64 KiB at most; with any other logo they show the name alone. Default: the logo of Gatelodge.
   *
   * @example /etc/gatelodge/logo.svg
   */
  siteLogo?: SettingsInput['siteLogo'] | undefined
  /**
   * The colour of buttons and links. A second colour, after a comma, is for dark screens; without it, it is made from the first. The colour must be readable on white. If it is not, the start fails and suggests a similar one. Default: the green of Gatelodge.
   *
   * @example #7a1f4b
   */
  brandColor?: SettingsInput['brandColor'] | undefined
  /**
   * Your own style sheet, read at start. Browsers load it after the style sheet of Gatelodge, so your rules win: `:root { --radius: 0 }`. The variables at the top of the style sheet of Gatelodge are the theme. Images must come from this site, and fonts are not loaded. Default: none.
   *
   * @example /etc/gatelodge/own.css
   */
  css?: SettingsInput['css'] | undefined
  /**
   * Text overrides: your own texts for pages and emails, by key, in ICU MessageFormat with the same arguments. A JSON file that is read at start, or an object in code. `gatelodge words` prints all texts. Default: the built-in texts.
   *
   * @default the built-in texts
   * @example /etc/gatelodge/words.json
   */
  words?: SettingsInput['words'] | undefined
}
