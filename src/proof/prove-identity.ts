import type { ProofRequired } from '#contract/proofs.ts'
import { Cancelled } from '#src/api/api-error.ts'
import { makeBridge } from '#src/api/bridge.ts'

/** What happens to the operation after it was confirmed: `confirming` until then, `executing` while the request runs again. */
type CheckPhase = 'confirming' | 'executing' | 'unknown'

/** The one security check on the screen. `round` makes a new proof a new form. */
export type Check = {
  proof: ProofRequired
  phase: CheckPhase
  round: number
  confirm: () => void
  cancel: () => void
}

/** A confirmed proof, and how the repeated request tells the dialog what became of it. */
export type Confirmed = { proofId: string; unknown: () => void; finish: () => void }

export const check = makeBridge<Check>()
let rounds = 0

/** Shows the security check and waits for the person. @param proof what the server froze. @returns the confirmed proof; the dialog stays
 *  open until `finish`. Rejects with Cancelled when the person closes it. */
export function proveIdentity(proof: ProofRequired): Promise<Confirmed> {
  check.current()?.cancel()
  rounds += 1
  const round = rounds
  return new Promise((resolve, reject) => {
    const show = (phase: CheckPhase): void => check.ask({ proof, phase, round, confirm, cancel })
    const isMine = () => check.current()?.round === round
    const finish = () => {
      if (isMine()) check.close()
    }
    const confirm = () => {
      show('executing')
      resolve({ proofId: proof.proofId, finish, unknown: () => isMine() && show('unknown') })
    }
    const cancel = () => {
      finish()
      reject(new Cancelled())
    }
    show('confirming')
  })
}
