import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { Ledger } from '#src/components/Ledger.tsx'
import { formatClock, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import type { Target } from './rules.ts'
import { Who } from './Who.tsx'

const minus = ['own', 'held', 'unsettled', 'arrears'] as const

/** Whose money it is, and how the reclaimable amount comes about, line by line. */
export function ReclaimableLines({ target }: { target: Target }) {
  const { t } = useTranslation()
  const { customerId, reclaimable } = target
  return (
    <div className="panel reclaimable">
      <Who target={target} />
      <Ledger
        lines={[
          { key: 'balance', label: <Link to={paths.adjustments({ customerId })}>{t('funds.account_balance')}</Link>, amount: reclaimable.balance },
          ...minus.map((key) => ({ key, label: t(`funds.minus.${key}`), amount: reclaimable[key], isMinus: true })),
        ]}
        sum={{ label: <Link to={paths.customer(customerId, 'funds')}>{t('funds.reclaimable')}</Link>, amount: reclaimable.reclaimable }}
        note={t('funds.reclaimable_as_of', { time: `${formatClock(reclaimable.asOf)} (${zoneName(reclaimable.asOf)})` })}
      />
    </div>
  )
}
