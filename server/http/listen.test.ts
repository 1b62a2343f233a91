import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { listen } from './listen.ts'

const newServer = () => {
  const server = createServer()
  onTestFinished(() => void server.close())
  return server
}

test('whoever starts a second server on the same port reads what to do, and a wrong address is named by its settings', async () => {
  const first = newServer()
  await listen(first, { PORT: 0, HOST: '127.0.0.1' })
  const address = first.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  await expect(listen(newServer(), { PORT: port, HOST: '127.0.0.1' })).rejects.toThrow(`Port ${port} is taken by another program. Stop it, or set PORT to another one`)
  // An address of the range for documents, which no machine has.
  await expect(listen(newServer(), { PORT: 0, HOST: '192.0.2.1' })).rejects.toThrow('The server cannot listen at HOST 192.0.2.1, PORT 0: ')
})
