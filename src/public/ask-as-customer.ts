import { getCustomerSession } from '#contract/acceptance.ts'
import type { Answer, Endpoint, Input } from '#contract/endpoint.ts'
import { ApiError } from '#src/api/api-error.ts'
import { request } from '#src/api/request.ts'

let csrf = ''

/** @param value the CSRF value of the customer's session, or an empty text when nobody is signed in any more. */
export function rememberCustomer(value: string): void {
  csrf = value
}

/** Sends a request of the contract for a customer, who has another session than the members of partners. A CSRF value that is missing or old is
 *  read anew once. @returns the answer. Throws ApiError or Unreachable. */
export async function askAsCustomer<E extends Endpoint>(endpoint: E, input: Input<E>): Promise<Answer<E>> {
  try {
    return await send(endpoint, input)
  } catch (error) {
    if (!(error instanceof ApiError && error.failure.code === 'csrf')) throw error
    rememberCustomer((await request(getCustomerSession, {}, { headers: {} })).csrf)
    return await send(endpoint, input)
  }
}

const send = <E extends Endpoint>(endpoint: E, input: Input<E>): Promise<Answer<E>> =>
  request(endpoint, input, { headers: endpoint.method !== 'GET' && csrf !== '' ? { 'X-CSRF': csrf } : {} })
