// A second click within a second is the same click: nobody means to register twice. An answer that takes longer than people
// take for at once is shown to be under way, on the button itself.

for (const form of document.querySelectorAll('form')) {
  let sentAt = -1_000
  form.addEventListener('submit', (event) => {
    if (event.timeStamp - sentAt < 1_000) return event.preventDefault()
    sentAt = event.timeStamp
    const { submitter } = event
    // After a file the page stays, and nothing says when the file has come.
    if (submitter instanceof HTMLButtonElement && form.dataset.file === undefined) setTimeout(showBusy, 300, submitter)
  })
}

function showBusy(button: HTMLButtonElement): void {
  const words = button.textContent
  button.ariaBusy = 'true'
  button.textContent = button.dataset.busy ?? words
  // The browser may keep the page as it stands, and show it again when someone goes back.
  addEventListener('pageshow', () => {
    button.ariaBusy = null
    button.textContent = words
  })
}

export {}
