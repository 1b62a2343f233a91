import { expect, test } from 'vitest'
import { isBusy } from './errors.ts'

const withCode = (code: string, message = 'something') => Object.assign(new Error(message), { code })

test.each([
  ['a database that shuts down', withCode('57P01')], ['a full disk', withCode('53100')], ['a lock that takes too long', withCode('55P03')],
  ['a socket whose other end is gone while it is written', withCode('EPIPE', 'write EPIPE')], ['a refused connection', withCode('ECONNREFUSED')], ['a reset one', new Error('read ECONNRESET')],
  ['a connection that ended by itself', new Error('Connection terminated unexpectedly')], ['a client that met it before', new Error('Client has encountered a connection error and is not queryable')],
  ['a client that was closed meanwhile', new Error('Client was closed and is not queryable')], ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
])('%s is a database that cannot now, so people are told to try again', (_what, error) => {
  expect(isBusy(error)).toBe(true)
})

test.each([['a wrong statement', withCode('42601')], ['a broken constraint', withCode('23514')], ['a mistake of ours', new TypeError('x is not a function')]])('%s is not', (_what, error) => {
  expect(isBusy(error)).toBe(false)
})
