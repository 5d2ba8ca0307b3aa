// Servers never see what stands behind "#" in the address that was wanted, but the browser keeps it through the redirect to
// the log-in page. From there it goes along with the rest of that address.

const { hash } = location
const isWithout = (wanted: string | null): wanted is string => wanted !== null && wanted !== '' && !wanted.includes('#')

if (hash.length > 1) {
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name=return_to]'))
    if (isWithout(input.value)) input.value += hash
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[href*="return_to="]')) {
    const url = new URL(link.href)
    const wanted = url.searchParams.get('return_to')
    if (!isWithout(wanted)) continue
    url.searchParams.set('return_to', wanted + hash)
    link.href = url.href
  }
}

export {}
