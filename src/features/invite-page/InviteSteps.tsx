import type { InviteView } from '#contract/acceptance.ts'
import { AccountStep } from './AccountStep.tsx'
import { AgreementsStep } from './AgreementsStep.tsx'
import { ChoiceStep } from './ChoiceStep.tsx'
import { EndStep } from './EndStep.tsx'
import { HintStep } from './HintStep.tsx'
import { InviteHead } from './InviteHead.tsx'
import { NoticeStep } from './NoticeStep.tsx'
import { NumberStep } from './NumberStep.tsx'
import { OwnCodeStep } from './OwnCodeStep.tsx'
import { PasswordStep } from './PasswordStep.tsx'
import { SignInStep } from './SignInStep.tsx'
import type { OpenInvite } from './steps.ts'
import { type Acceptance, useAcceptance } from './use-acceptance.ts'

type Props = { token: string; view: OpenInvite; look: () => Promise<InviteView> }

/** The steps of accepting, one at a time, under the words of who invites. */
export function InviteSteps({ token, view, look }: Props) {
  const flow = useAcceptance(token, view, look)
  const { end } = flow.state
  return (
    <>
      {end?.at !== 'accepted' && <InviteHead view={view} />}
      {end ? <EndStep flow={flow} end={end} /> : <Step flow={flow} token={token} view={view} />}
    </>
  )
}

function Step({ flow, token, view }: { flow: Acceptance; token: string; view: OpenInvite }) {
  switch (flow.state.place.step) {
    case 'notice': return <NoticeStep flow={flow} view={view} />
    case 'choice': return <ChoiceStep flow={flow} />
    case 'account': return <AccountStep flow={flow} token={token} view={view} />
    case 'number': return <NumberStep flow={flow} token={token} view={view} />
    case 'password': return <PasswordStep flow={flow} />
    case 'hint': return <HintStep flow={flow} view={view} />
    case 'sign-in': return <SignInStep flow={flow} />
    case 'own-code': return <OwnCodeStep flow={flow} token={token} />
    case 'agreements': return <AgreementsStep flow={flow} view={view} />
  }
}
