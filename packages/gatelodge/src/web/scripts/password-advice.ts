// What is wrong with a new password, while it is typed: by the rules of the server, as far as they fit in here. It never
// praises: whether a password is good, only a guess at it could tell. Read out once someone pauses.
import { judgeLength } from '../../identity/passwords/length.ts'
import { isSequence } from '../../identity/passwords/sequences.ts'
import { isVeryCommon } from './very-common.ts'

const pause = 700

for (const input of document.querySelectorAll<HTMLInputElement>('[data-least]')) {
  const words = input.dataset
  const advice = document.createElement('p')
  advice.className = 'hint advice'
  advice.ariaLive = 'polite'
  input.closest('.field')?.append(advice)

  const judge = (password: string): string | undefined => {
    if (password === '') return ''
    if (judgeLength(password, { passwordMinLength: Number(words.least) }) === 'too-short') return words.short
    return isSequence(password) || isVeryCommon(password) ? words.common : ''
  }
  let timer = 0
  input.addEventListener('input', () => {
    clearTimeout(timer)
    // What is mended is taken back at once.
    if (!judge(input.value)) advice.textContent = ''
    timer = setTimeout(() => {
      advice.textContent = judge(input.value) ?? ''
    }, pause)
  })
}
