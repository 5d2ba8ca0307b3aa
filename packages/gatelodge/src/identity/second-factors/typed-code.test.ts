import { describe, expect, it } from 'vitest'
import { readAppCode, readRecoveryCode } from './typed-code.ts'

describe('What people type as a code', () => {
  it.each([
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['12\u00a034\u201356\u200b', '123456'],
  ])('of an app: %j is taken', (typed, code) => {
    expect(readAppCode(typed)).toEqual({ kind: 'app', code })
  })

  it.each([
    ['', 'empty'],
    [' - ', 'empty'],
    ['12345', 'too-short'],
    ['1234567', 'too-long'],
    ['12a456', 'not-digits'],
    ['１２３４５６', 'full-width'],
    ['١٢٣٤٥٦', 'full-width'],
    ['1２3456', 'full-width'],
    ['+12345', 'not-digits'],
    ['1e5000', 'not-digits'],
    ['123456\u0000', 'not-digits'],
  ])('accounts-js#1227: of an app: %j is %s', (typed, code) => {
    expect(readAppCode(typed)).toEqual({ kind: 'unreadable', code })
  })

  it.each(['abcd-efgh-ijkl-mnop', 'ABCDEFGHIJKLMNOP', ' abcd efgh ijkl mnop', 'a8cd-efgh-ijk1-mn0p'])(
    'to recover: %j is taken',
    (typed) => {
      expect(readRecoveryCode(typed)).toEqual({ kind: 'recovery', code: 'abcdefghijklmnop' })
    },
  )

  it.each([
    ['', 'empty'],
    ['abcd', 'too-short'],
    ['abcd-efgh-ijkl-mnop-qrst', 'too-long'],
    ['abcd-efgh-ijkl-mnö9', 'not-digits'],
  ])('to recover: %j is %s', (typed, code) => {
    expect(readRecoveryCode(typed)).toEqual({ kind: 'unreadable', code })
  })
})
