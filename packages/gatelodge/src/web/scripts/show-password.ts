// A button beside each password that shows what was typed, and hides it again before it is sent or kept by the browser.

for (const button of document.querySelectorAll<HTMLButtonElement>('.with-button button')) {
  const input = document.getElementById(button.getAttribute('aria-controls') ?? '')
  const live = button.nextElementSibling
  if (!(input instanceof HTMLInputElement)) continue
  const words = button.dataset

  const set = (visible: boolean) => {
    input.type = visible ? 'text' : 'password'
    button.textContent = (visible ? words.hide : words.show) ?? ''
  }
  button.addEventListener('click', () => {
    set(input.type === 'password')
    if (live) live.textContent = (input.type === 'text' ? words.visible : words.hidden) ?? ''
  })
  input.form?.addEventListener('submit', () => set(false))
  addEventListener('pageshow', () => set(false))
  button.hidden = false
}

export {}
