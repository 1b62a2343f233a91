import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Payment } from '#contract/incentive-payments.ts'
import { StateSteps } from '#src/components/StateSteps.tsx'
import { isBad, milestonesOf } from './rules.ts'

/** How far a payment request has come. */
export function PaymentSteps({ row }: { row: Pick<Payment, 'state' | 'option'> }) {
  const { t } = useTranslation()
  return (
    <StateSteps
      steps={milestonesOf(row).map(({ key, at }) => ({ key, at, spoken: t(`payments.step_at.${at}`, { step: t(`payments.milestone.${key}`) }) }))}
      word={t(`payments.state.${row.state}`)} isBad={isBad(row.state)}
    />
  )
}
