import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Invitation } from '#contract/invites.ts'
import { StateSteps } from '#src/components/StateSteps.tsx'
import { stepsOf } from './rules.ts'

/** How far an invitation has come: a bar for the eye, the same as text for ears, and the state in one word. */
export function Steps({ row }: { row: Invitation }) {
  const { t } = useTranslation()
  const steps = stepsOf(row)
  const isBad = row.state === 'FAILED' || row.state === 'SEND_FAILED'
  const isOver = row.state === 'EXPIRED' || row.state === 'REVOKED' || row.state === 'REPLACED'
  return <StateSteps steps={steps.map((step) => ({ key: step.name, at: step.at, spoken: t(`invites.steps.${step.at}`, { step: t(`invites.steps.${step.name}`) }) }))} word={useStateWord()(row)} isBad={isBad} isOver={isOver} />
}

/** @returns the state in one word. A mail that still waits has not been sent, and an unfrozen customer is further than associated. */
function useStateWord(): (row: Invitation) => string {
  const { t } = useTranslation()
  return (row) => {
    if (row.state === 'ASSOCIATED' && row.associationType === 'RESALE' && row.isUnfrozen) return t('invites.list.unfrozen')
    if (row.state === 'SENT' && row.delivery?.state === 'queued') return t('invites.list.queued')
    return t(`invites.state.${row.state}`)
  }
}
