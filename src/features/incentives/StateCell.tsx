import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Statement } from '#contract/incentives.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { statementLook } from './labels.ts'
import { isFrozen } from './rules.ts'

/** A statement's state; beside it the marks that are no states: frozen, and a negative incentive. */
export function StateCell({ row }: { row: Pick<Statement, 'state' | 'frozen' | 'isNegative'> }) {
  const { t } = useTranslation()
  return (
    <span className="state-marks">
      <StatusTag {...statementLook[row.state]}>{t(`incentives.state.${row.state}`)}</StatusTag>
      {isFrozen(row) && <StatusTag tone="warning">{t('incentives.frozen_mark')}</StatusTag>}
      {row.isNegative && <StatusTag isLabel>{t('incentives.negative_mark')}</StatusTag>}
    </span>
  )
}
