import { describe, expect, it } from 'vitest'
import { hostFromHere, inBrackets, isThisMachineOnly, listenHost, socketMode, socketPath } from './listening.ts'

describe('The host to listen on', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.1', true],
    ['127.9.9.9', '127.9.9.9', '127.9.9.9', true],
    ['0.0.0.0', '0.0.0.0', '127.0.0.1', false],
    ['::', '::', '[::1]', false],
    ['[::]', '::', '[::1]', false],
    ['0:0:0:0:0:0:0:0', '0:0:0:0:0:0:0:0', '[::1]', false],
    [' ::1 ', '::1', '[::1]', true],
    ['[::1]', '::1', '[::1]', true],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1', '[::ffff:127.0.0.1]', true],
    ['2001:db8::17', '2001:db8::17', '[2001:db8::17]', false],
    ['fe80::1%eth0', 'fe80::1%eth0', '[fe80::1%eth0]', false],
    ['[fe80::1%eth0]', 'fe80::1%eth0', '[fe80::1%eth0]', false],
    ['localhost', 'localhost', 'localhost', true],
    ['accounts.internal', 'accounts.internal', 'accounts.internal', false],
  ])('%s is %s, reached at %s, by this machine only: %s', (given, host, fromHere, isOwn) => {
    expect(listenHost.parse(given)).toBe(host)
    expect(inBrackets(hostFromHere(host))).toBe(fromHere)
    expect(isThisMachineOnly(host)).toBe(isOwn)
  })

  it.each([
    '',
    '10.1',
    '300.0.0.1',
    '127.0.0.1:3000',
    '[::1',
    '[127.0.0.1]',
    ':::',
    'a b',
    '*',
    'http://localhost',
    'Acme\nBooks',
    'a\0b',
    'a\u202eb',
    '-a',
  ])('is not %j', (given) => expect(listenHost.safeParse(given).success).toBe(false))
})

describe('A Unix socket', () => {
  it.each(['/run/gatelodge/gatelodge.sock', '/tmp/ä b.sock', `/${'a'.repeat(89)}`])('may be at %s', (path) => {
    expect(socketPath.parse(path)).toBe(path)
  })

  it.each([
    '',
    '/',
    'gatelodge.sock',
    './a.sock',
    '/run/gatelodge/',
    '/run/a\nb',
    `/${'a'.repeat(90)}`,
    `/${'ä'.repeat(45)}`,
  ])('is not at %j', (path) => expect(socketPath.safeParse(path).success).toBe(false))

  it.each([
    ['660', true],
    ['0666', true],
    ['668', false],
    ['66', false],
    ['rw', false],
    ['1777', false],
  ])('has the mode %s: %s', (mode, isFine) => {
    expect(socketMode.safeParse(mode).success).toBe(isFine)
  })
})
