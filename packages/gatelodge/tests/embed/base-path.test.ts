// Below a path, inside an app that has words of its own on our pages.
import { html } from 'hono/html'
import { expect, it } from 'vitest'
import { embeddedSite, openGatelodge, visitorOf } from '../support/embed.ts'
import { throwawayDatabase } from '../support/make-app.ts'

it('what the app wrote on our pages leads where the app says', async () => {
  const gatelodge = await openGatelodge(throwawayDatabase(), {
    basePath: '/auth',
    slots: {
      belowForm: ({ page }) =>
        html`<p>The <a class="x" href="/terms">terms</a>, <a href="https://b.example/">b</a> (${page})</p>`,
      foot: () => 'Text that says href="/home"',
    },
    fields: [
      { name: 'terms', label: 'I agree', type: 'checkbox', link: { href: '/terms', text: 'Read them' } },
      {
        name: 'rules',
        label: 'I agree too',
        type: 'checkbox',
        link: { href: 'https://b.example/rules', text: 'Read them' },
      },
    ],
  })
  const visitor = visitorOf(gatelodge)
  for (const path of ['/auth/login', '/auth/register', '/auth/login']) {
    const { html: page } = await visitor.open(path)
    const links = [...page.matchAll(/ (?:href|src|action)="([^"#]+)"/g)].map(([, to = '']) => to)
    const [ours, theirs] = [
      links.filter((to) => to.startsWith('/auth/')),
      links.filter((to) => !to.startsWith('/auth/')),
    ]
    expect(ours.length).toBeGreaterThan(6)
    expect(theirs.toSorted()).toEqual(
      [
        'https://b.example/',
        `${embeddedSite}/terms`,
        ...(path === '/auth/register' ? ['https://b.example/rules', `${embeddedSite}/terms`] : []),
      ].toSorted(),
    )
    expect(page).toContain('Text that says href=&quot;/home&quot;')
  }
  await gatelodge.close()
})
