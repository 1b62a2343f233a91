import { useTranslation } from '#src/i18n/use-translation.ts'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import type { Target } from './rules.ts'

/** The one customer of a form: masked name with its eye, the end of its ID, and what it has of earlier allocations. */
export function Who({ target: { customerId, nameMasked, number, balance, isFrozen }, hasBalance = false }: { target: Target; hasBalance?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className="move-who">
      <span className="stack">
        <MaskedText id={customerId} field="name" masked={nameMasked} label={t('funds.customer')} />
        <span>{t('funds.id_tail', { tail: number.slice(-4) })}{isFrozen && ` · ${t('funds.frozen')}`}</span>
      </span>
      {hasBalance && <span className="stack num"><MoneyText amount={balance} /><span>{t('funds.balance')}</span></span>}
    </div>
  )
}
