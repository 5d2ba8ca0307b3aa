// A button that copies a list of codes; without scripts they are selected by hand, or downloaded.

for (const list of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button plain'
  button.textContent = list.dataset.copy ?? ''
  const live = document.createElement('span')
  live.ariaLive = 'polite'
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText([...list.children].map((code) => code.textContent).join('\n'))
      live.textContent = list.dataset.copied ?? ''
    } catch {
      // Forbidden, or there is no clipboard for a site without TLS: they are selected, to be copied by hand.
      getSelection()?.selectAllChildren(list)
    }
  })
  list.after(button, live)
}

export {}
