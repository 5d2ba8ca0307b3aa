// A button beside each password that shows what was typed, and hides it again before it is sent or kept by the browser.

for (const field of document.querySelectorAll<HTMLElement>('.with-button')) {
  const input = field.querySelector('input')
  if (!input) continue
  const words = field.dataset
  const button = document.createElement('button')
  button.type = 'button'
  button.setAttribute('aria-controls', input.id)
  const live = document.createElement('span')
  live.className = 'unseen'
  live.ariaLive = 'polite'

  const set = (visible: boolean) => {
    input.type = visible ? 'text' : 'password'
    button.textContent = (visible ? words.hide : words.show) ?? ''
    // A page may have two of these: each says which field it is for.
    button.ariaLabel = `${button.textContent}: ${input.labels?.[0]?.textContent}`
  }
  button.addEventListener('click', () => {
    set(input.type === 'password')
    live.textContent = (input.type === 'text' ? words.visible : words.hidden) ?? ''
  })
  input.form?.addEventListener('submit', () => set(false))
  addEventListener('pageshow', () => set(false))
  set(false)
  field.append(button, live)
}

export {}
