import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import type { Customer, Lot } from '#contract/customers.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { paths } from '#src/paths.ts'
import { mayEver, whyNot } from './money-rules.ts'
import { useMover } from './use-mover.ts'

/** Takes what is left of one lot back; absent for people who never may. */
export function ReclaimLot({ customer, lot }: { customer: Customer; lot: Pick<Lot, 'id' | 'state'> }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const mover = useMover()
  if (!mayEver(mover, 'reclaim') || lot.state === 'EMPTY') return <span className="quiet only-desk">–</span>
  const reason = whyNot(mover, 'reclaim', customer) ?? (customer.reclaimable?.reclaimable === '0.00' ? 'customers.reason.nothing_reclaimable' : undefined)
  return (
    <ButtonLink variant="row" to={paths.reclaim({ ids: [customer.id], lot: lot.id, over: 'customer', keep: search.toString() })} state={overPage} disabledReason={reason && t(reason, { max: 100 })}>
      {t('customer_page.lot_reclaim')}
    </ButtonLink>
  )
}
