// What people type: a code with or without spaces and dashes.

export type TypedCode =
  | { kind: 'app'; code: string }
  | { kind: 'recovery'; code: string }
  | { kind: 'unreadable'; code: CodeProblem }

export type CodeProblem = 'empty' | 'too-short' | 'too-long' | 'not-digits' | 'full-width'

const appDigits = 6
/** 80 bits in Base32. */
const recoveryLength = 16

/** A code of the app. Whatever has not its form is not looked at, and costs no try. */
export function readAppCode(typed: string): TypedCode {
  const code = withoutGaps(typed)
  if (code === '') return unreadable('empty')
  // Other digits than 0 to 9 look alike on some keyboards, and an app that compares them by value is one to attack.
  if (/^\p{Nd}+$/u.test(code) && !/^\d+$/.test(code)) return unreadable('full-width')
  if (!/^\d+$/.test(code)) return unreadable('not-digits')
  if (code.length < appDigits) return unreadable('too-short')
  return code.length > appDigits ? unreadable('too-long') : { kind: 'app', code }
}

/** A recovery code, in any case. What is not in its alphabet stands for what it looks like. */
export function readRecoveryCode(typed: string): TypedCode {
  const code = withoutGaps(typed).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('8', 'b')
  if (code === '') return unreadable('empty')
  if (!/^[a-z2-7]+$/.test(code)) return unreadable('not-digits')
  if (code.length < recoveryLength) return unreadable('too-short')
  return code.length > recoveryLength ? unreadable('too-long') : { kind: 'recovery', code }
}

function unreadable(code: CodeProblem): TypedCode {
  return { kind: 'unreadable', code }
}

/** Spaces, signs nobody sees, and all kinds of dashes. */
function withoutGaps(typed: string): string {
  return typed.replace(/[\s\p{Cf}\p{Pd}]+/gu, '')
}
