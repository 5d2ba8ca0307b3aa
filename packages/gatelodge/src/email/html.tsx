// An email as HTML. Outlook for Windows renders with the engine of Word: it knows tables, cells and attributes, and neither
// max-width nor rounded corners nor padding on a link. So everything stands in cells, and what only newer programs know
// comes on top of it.
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { BrandColor } from '../config/branding.ts'
import { onColor } from '../config/branding.ts'
import { type EmailLogo, logoId } from './logo.ts'
import type { Parts } from './parts.ts'

const ink = '#18201c'
const quiet = '#56625c'
/** Outlook takes the first name that it knows, and Times where it knows none. */
const font = "font-family: 'Segoe UI', Roboto, Helvetica, Arial, sans-serif"
const plain = `${font}; font-size: 16px; line-height: 24px; color: ${ink}`
const small = `${font}; font-size: 13px; line-height: 20px; color: ${quiet}`
const ours: BrandColor = { light: '#1f6f54', dark: '#7fd1b0' }

/** The few that know a style sheet get the dark colours of our pages; the others, what stands on the parts. */
const darkColors = (brand: string) => `@media (prefers-color-scheme: dark) {
.ground { background: #101412 !important }
.card { background: #181d1a !important }
.card td { color: #e9eeeb !important }
.card .quiet { color: #a3afa9 !important; border-color: #2b332f !important }
.card .brand { color: ${brand} !important }
.card .button { background: ${brand} !important }
.card .button a { color: ${onColor(brand)} !important }
}`

/** Read by Outlook for Windows only: it takes the width of the card from a table around it. */
const forWord = (markup: string) => raw(`<!--[if mso]>${markup}<![endif]-->`)

const table = { role: 'presentation', border: 0, cellpadding: '0', cellspacing: '0' }

export const EmailDocument = (parts: Parts) => {
  const { subject, why, site } = parts
  const brand = site.brandColor ?? ours
  return (
    <html lang={site.text.language} dir={site.text.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{darkColors(brand.dark)}</style>
      </head>
      <body class="ground" style="margin: 0; padding: 0; background: #f4f5f2" bgcolor="#f4f5f2">
        {/* What mail programs show behind the subject in the list. */}
        <div style="display: none; max-height: 0; overflow: hidden; mso-hide: all">{why}</div>
        <table {...table} width="100%" class="ground" bgcolor="#f4f5f2" style="background: #f4f5f2">
          <tr>
            <td align="center" style="padding: 24px 12px">
              {forWord(
                '<table role="presentation" width="560" align="center" border="0" cellpadding="0" cellspacing="0"><tr><td>',
              )}
              <table
                {...table}
                width="560"
                class="card"
                bgcolor="#ffffff"
                style="width: 100%; max-width: 560px; background: #ffffff; border-radius: 14px"
              >
                <tr>
                  <td style="padding: 28px; overflow-wrap: anywhere; word-break: break-word">
                    <Body {...parts} brand={brand.light} />
                  </td>
                </tr>
              </table>
              {forWord('</td></tr></table>')}
            </td>
          </tr>
        </table>
      </body>
    </html>
  )
}

/** One table, one row for each part: the space between them is that of its cell. */
const Body = ({ brand, greeting, why, link, url, howLong, facts, resetUrl, foot, site, ...words }: Parts & Brand) => (
  <table {...table} width="100%" style="width: 100%">
    <Row style={`${font}; font-size: 18px; line-height: 24px; font-weight: 700; color: ${brand}`} class="brand">
      {site.logo && <Logo {...site.logo} />}
      {site.name}
    </Row>
    <Row>{greeting}</Row>
    <Row>{why}</Row>
    {url && link && <LinkBlock url={url} label={link} lead={site.text.emailFrame.linkLead} brand={brand} />}
    {howLong && <Row>{howLong}</Row>}
    {facts.length > 0 && <Facts facts={facts} />}
    {words.forgotten && (
      <Row>
        <a href={resetUrl} class="brand" style={`color: ${brand}`}>
          {words.forgotten}
        </a>
      </Row>
    )}
    <Row>{words.notYou}</Row>
    {words.reset && <Button url={resetUrl} label={words.reset} brand={brand} />}
    <tr>
      <td class="quiet" style={`padding: 14px 0 0; border-top: 1px solid #dfe3df; ${small}`}>
        {foot[0]}
        <br />
        {foot[1]}
      </td>
    </tr>
  </table>
)

/** The name stands beside it, so it says nothing more. */
const Logo = ({ width, height }: Pick<EmailLogo, 'width' | 'height'>) => (
  <>
    <img
      src={`cid:${logoId}`}
      width={width}
      height={height}
      alt=""
      border={0}
      style={`width: ${width}px; height: ${height}px; vertical-align: middle`}
    />
    {'\u00a0 '}
  </>
)

interface Brand {
  brand: string
}

const Row = ({ style = plain, class: name, children }: { style?: string; class?: string; children?: Child }) => (
  <tr>
    <td class={name} style={`padding: 0 0 16px; ${style}`}>
      {children}
    </td>
  </tr>
)

/** The cell is the button: Word gives a link neither space nor ground of its own. */
const Button = ({ url, label, brand }: { url: string; label: string } & Brand) => (
  <tr>
    <td style="padding: 8px 0 20px">
      <table {...table}>
        <tr>
          <td
            class="button"
            align="center"
            bgcolor={brand}
            style={`padding: 12px 22px; background: ${brand}; border-radius: 10px`}
          >
            <a
              href={url}
              style={`${font}; font-size: 16px; line-height: 24px; font-weight: 700; color: ${onColor(brand)}; text-decoration: none`}
            >
              {label}
            </a>
          </td>
        </tr>
      </table>
    </td>
  </tr>
)

const LinkBlock = ({ url, label, lead, brand }: { url: string; label: string; lead: string } & Brand) => (
  <>
    <Button url={url} label={label} brand={brand} />
    <tr>
      <td class="quiet" style={`padding: 0 0 20px; ${small}`}>
        {lead}
        <br />
        <a href={url} class="brand" dir="ltr" style={`color: ${brand}; word-break: break-all`}>
          {url}
        </a>
      </td>
    </tr>
  </>
)

const Facts = ({ facts }: { facts: [string, string][] }) => (
  <tr>
    <td style="padding: 0 0 16px">
      <table {...table}>
        {facts.map(([name, value]) => (
          <tr>
            <td
              class="quiet"
              valign="top"
              style={`padding: 2px 16px 2px 0; white-space: nowrap; ${plain}; color: ${quiet}`}
            >
              {name}
            </td>
            <td style={`padding: 2px 0; ${plain}`}>{value}</td>
          </tr>
        ))}
      </table>
    </td>
  </tr>
)
