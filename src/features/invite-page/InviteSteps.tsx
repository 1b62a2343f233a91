import type { InviteView } from '#contract/acceptance.ts'
import { AccountStep } from './AccountStep.tsx'
import { AgreementsStep } from './AgreementsStep.tsx'
import { ChoiceStep } from './ChoiceStep.tsx'
import { EndStep } from './EndStep.tsx'
import { HintStep } from './HintStep.tsx'
import { NoticeStep } from './NoticeStep.tsx'
import { NumberStep } from './NumberStep.tsx'
import { OwnCodeStep } from './OwnCodeStep.tsx'
import { PasswordStep } from './PasswordStep.tsx'
import { SignInStep } from './SignInStep.tsx'
import type { OpenInvite } from './steps.ts'
import { useAcceptance } from './use-acceptance.ts'

/** The steps of accepting, one at a time. */
export function InviteSteps({ token, view, look }: { token: string; view: OpenInvite; look: () => Promise<InviteView> }) {
  const flow = useAcceptance(token, view, look)
  const { place, end } = flow.state
  if (end) return <EndStep flow={flow} end={end} />
  switch (place.step) {
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
