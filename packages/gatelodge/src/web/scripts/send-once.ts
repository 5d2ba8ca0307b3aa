// A second click within a second is the same click: nobody means to register twice.

for (const form of document.querySelectorAll('form')) {
  let sentAt = -1_000
  form.addEventListener('submit', (event) => {
    if (event.timeStamp - sentAt < 1_000) event.preventDefault()
    else sentAt = event.timeStamp
  })
}

export {}
