// Where something needs another look, reading starts there; and a link in the summary brings label and input into view.

const summary = document.querySelector<HTMLElement>('.summary')
summary?.focus()
summary?.addEventListener('click', (event) => {
  const link = event.target
  if (!(link instanceof HTMLAnchorElement)) return
  const input = document.getElementById(link.hash.slice(1))
  if (!input) return
  event.preventDefault()
  input.closest('.field')?.scrollIntoView()
  input.focus({ preventScroll: true })
})

export {}
