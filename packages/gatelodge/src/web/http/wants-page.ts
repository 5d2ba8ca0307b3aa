// Whether someone opens a page: only a page is worth being led to the login for, and coming back to.

/**
 * As far as the browser tells (Fetch Metadata): all else is a program, an image, a frame or a fetch, which would end at a
 * login page that nobody sees.
 */
export function asksForPage(header: (name: string) => string | undefined): boolean {
  const destination = header('sec-fetch-dest')
  return destination ? destination === 'document' : /\btext\/html\b/i.test(header('accept') ?? '')
}
