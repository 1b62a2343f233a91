import { randomUUID } from 'node:crypto'
import type { Endpoint, Input } from '#contract/endpoint.ts'
import type { ProofRequired } from '#contract/proofs.ts'
import type { Client, Reply } from '#server/testing/app.ts'

/** Sends a sensitive request as the console does where a click confirms: the server freezes it, then the same request comes again with the proof.
 *  @param between what happens while the person reads the summary.
 *  @returns the last answer and what was frozen; a refusal before the proof is the answer itself. */
export async function confirm<E extends Endpoint>(client: Client, endpoint: E, input: Input<E>, between: () => Promise<unknown> = async () => undefined): Promise<Reply<E> & { frozen: ProofRequired | undefined }> {
  const key = randomUUID()
  const asked = await client.call(endpoint, input, { key })
  const frozen = asked.status === 403 ? asked.problem.proof : undefined
  if (!frozen) return { ...asked, frozen }
  await between()
  return { ...(await client.call(endpoint, input, { key, proof: frozen.proofId })), frozen }
}
