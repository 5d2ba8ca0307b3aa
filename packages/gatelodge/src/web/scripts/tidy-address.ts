// After the first form the address asks whether cookies are kept. Once the page is there, that is known.

const url = new URL(location.href)
if (url.searchParams.has('cookies')) {
  url.searchParams.delete('cookies')
  history.replaceState(history.state, '', url)
}

export {}
