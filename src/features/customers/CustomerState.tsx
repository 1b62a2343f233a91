import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CustomerRow } from '#contract/customers.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { stateTone } from './labels.ts'

/** The account's state; under a frozen one stands who froze it, because that tells who may end it. */
export function CustomerState({ row }: { row: Pick<CustomerRow, 'state' | 'freezeCause'> }) {
  const { t } = useTranslation()
  const { tone, isPlain } = stateTone[row.state]
  const tag = <StatusTag tone={tone} isPlain={isPlain}>{t(`customers.state.${row.state}`)}</StatusTag>
  if (!row.freezeCause) return tag
  return <span className="stack customer-state">{tag}<span>{t(`customers.cause.${row.freezeCause}`)}</span></span>
}
