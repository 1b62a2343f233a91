import { expect, test } from 'vitest'
import { refuseForeignHost } from './postgres.ts'

test.each([
  'postgres://postgres@db.example.com/app',
  'postgres://postgres@10.0.0.7:5432/app',
  'postgres://postgres@localhost.example.com/app',
  'postgres:///app?host=db.example.com',
])('nobody can point the tests at another machine: %s', (url) => {
  expect(() => refuseForeignHost(url)).toThrow('only run against this machine')
})

test.each(['postgres://postgres@localhost/app', 'postgres://postgres@127.0.0.1:5433/app', 'postgres://[::1]/app', 'postgres:///app?host=/var/run'])(
  'a server of this machine is accepted: %s',
  (url) => {
    expect(() => refuseForeignHost(url)).not.toThrow()
  },
)
