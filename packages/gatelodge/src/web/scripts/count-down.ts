// How long until an email can be sent again, counted down. It is not read out each second; its end is.

const wait = document.querySelector<HTMLElement>('[data-seconds]')
const shown = wait?.querySelector('span')
if (wait && shown) {
  const { language } = new Intl.Locale(document.documentElement.lang)
  const unit = (name: 'minute' | 'second', count: number) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count)
  // By the clock: a page in the background is woken seldom.
  const end = performance.now() + Number(wait.dataset.seconds) * 1_000
  const timer = setInterval(() => {
    const left = Math.ceil((end - performance.now()) / 1_000)
    if (left > 90) shown.textContent = unit('minute', Math.ceil(left / 60))
    else if (left > 0) shown.textContent = unit('second', left)
    else {
      clearInterval(timer)
      wait.ariaLive = 'polite'
      wait.textContent = wait.dataset.ready ?? ''
    }
  }, 1_000)
}

export {}
