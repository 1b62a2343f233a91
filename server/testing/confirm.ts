import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { allocateFunds } from '#contract/funds.ts'
import { amountFromMinor } from '#contract/money.ts'
import { checkCode, sendCode, type ProofRequired } from '#contract/proofs.ts'
import type { Client, TestApp } from './app.ts'

const ids = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222']

/** Rows of the stand-in operation. @param amounts in yuan, one customer each. */
export const items = (...amounts: number[]) => amounts.map((yuan, row) => ({ customerId: ids[row] ?? '', amount: amountFromMinor(BigInt(yuan) * 100n) }))
export const order = (...amounts: number[]) => ({ body: { from: 'top-up' as const, items: items(...amounts) } })

/** Sends the request for the first time. @returns the proof that the server asks for. */
export async function ask(client: Client, input = order(200), key: string = randomUUID()): Promise<ProofRequired> {
  const { status, problem } = await client.call(allocateFunds, input, { key })
  expect([status, problem.code]).toEqual([403, 'proof_required'])
  if (!problem.proof) throw new Error('the refusal carries no proof')
  return problem.proof
}

/** Asks for a code. @returns it, as the person reads it. */
export async function send(app: TestApp, client: Client, proofId: string, channel: 'sms' | 'email' = 'sms'): Promise<string> {
  const { status } = await client.call(sendCode, { params: { id: proofId }, body: { channel } })
  expect(status).toBe(200)
  return newestCode(app, channel)
}

/** @returns the code of the newest message, which also holds amounts. */
export const newestCode = (app: TestApp, channel: 'sms' | 'email' = 'sms'): string => /\d{6}/.exec(app[channel].sent.at(-1)?.text.replace(/\d{3,},?\d*\.\d\d/g, '') ?? '')?.[0] ?? ''
export const check = (client: Client, id: string, code: string) => client.call(checkCode, { params: { id }, body: { code } })
/** @returns a code that is not this one. */
export const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
