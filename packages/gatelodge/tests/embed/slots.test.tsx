// Places on our pages that the app that holds us fills.
import { html } from 'hono/html'
import { describe, expect, it } from 'vitest'
import type { Slots } from '../../src/hooks/slots.ts'
import { openGatelodge, visitorOf } from '../support/embed.ts'
import { makeApp, throwawayDatabase } from '../support/make-app.ts'

const Terms = ({ site }: { site: string }) => (
  <p>
    By going on you accept the <a href="/terms">terms</a> of {site}.
  </p>
)

describe('A slot', () => {
  it('V1.2.1 is filled with markup as it is, and with text that is escaped', async () => {
    const gatelodge = await openGatelodge(throwawayDatabase(), {
      siteName: 'A <b>',
      slots: {
        belowForm({ page, siteName }) {
          if (page === 'register') return <Terms site={siteName} />
          return page === 'login' ? `New at ${siteName}? <script>alert(1)</script>` : undefined
        },
        foot: ({ siteName }) => html`<p>© ${siteName}</p>`,
      },
    })
    const browser = visitorOf(gatelodge)
    const terms = '<div class="slot"><p>By going on you accept the <a href="/terms">terms</a> of A &lt;b&gt;.</p></div>'
    expect((await browser.open('/register')).html).toContain(`</form>${terms}`)
    await browser.submit({ name: '' })
    expect(browser.page.html).toContain(terms)
    const text = '<div class="slot">New at A &lt;b&gt;? &lt;script&gt;alert(1)&lt;/script&gt;</div>'
    // Most people get the page that is made once.
    for (let time = 0; time < 2; time += 1) expect((await browser.open('/login')).html).toContain(text)
    const { html: other } = await browser.open('/forgot-password')
    expect([other.includes('class="slot"'), other.includes('<footer class="foot"><p>© A &lt;b&gt;</p>')]).toEqual([
      false,
      true,
    ])
    await gatelodge.close()
  })

  it.each<[what: string, slots: Slots]>([
    [
      'throws',
      {
        belowForm() {
          throw new Error('broken')
        },
      },
    ],
    [
      'gives what is no text',
      {
        belowForm: () => ({ toString: () => '<script>' }) as never,
        foot: () => 7 as never,
      },
    ],
    ['is not ready at once', { belowForm: (async () => html`<p>late</p>`) as never }],
  ])('that %s stays empty, and the page is there', async (_what, slots) => {
    const app = await makeApp(throwawayDatabase(), {}, { slots })
    const page = await app.visitor().open('/login')
    expect([page.status, page.heading, page.html.includes('class="slot"')]).toEqual([200, 'Log in', false])
    expect(page.html).not.toContain('<script>')
    expect(app.logged.filter(({ msg }) => msg === 'hook.failed')).toContainEqual(
      expect.objectContaining({ hook: 'belowForm', level: 'error' }),
    )
    await app.close()
  })

  it('leads to pages of the app, also where ours stand below a path; and so does the link of a field', async () => {
    const gatelodge = await openGatelodge(throwawayDatabase(), {
      basePath: '/auth',
      slots: { belowForm: () => <Terms site="Acme" />, foot: () => html`<a href="//acme.example/help">Help</a>` },
      fields: [{ name: 'terms', label: 'Terms', type: 'checkbox', link: { href: '/rules?a&b', text: 'Read' } }],
    })
    const { html: page } = await visitorOf(gatelodge).open('/auth/register')
    expect(page).toContain('<a href="http://localhost:3000/terms">')
    expect(page).toContain('href="http://localhost:3000/rules?a&amp;b"')
    expect(page).toContain('href="//acme.example/help"')
    expect(page).toContain('href="/auth/login"')
    await gatelodge.close()
  })

  it('that has an unknown name is refused at start', async () => {
    const slots = { aboveForm: () => 'Hello' } as Slots
    await expect(openGatelodge(throwawayDatabase(), { slots })).rejects.toThrow(
      /aboveForm is no slot; there are belowForm/,
    )
  })
})
