import { useTranslation } from '#src/i18n/use-translation.ts'
import { assignmentBatchMax } from '#contract/page.ts'
import { issueMax } from '#contract/coupon-kinds.ts'
import { batchMax } from '#contract/limits.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import type { Selection } from '#src/components/use-selection.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { mayEver, whyNotBatch } from './money-rules.ts'
import type { FoundCustomer } from './use-customer-columns.tsx'
import { useMover } from './use-mover.ts'

const resaleOf = (selection: Selection<FoundCustomer>) => selection.rows.filter((row) => row.associationType === 'RESALE')

/** What is possible with the ticked customers, in words. */
export function SelectionText({ selection }: { selection: Selection<FoundCustomer> }) {
  const { t } = useTranslation()
  const mover = useMover()
  const resale = resaleOf(selection).length
  const referral = selection.count - resale
  const [first, ...others] = (['allocate', 'reclaim'] as const).filter((move) => mayEver(mover, move))
  if (first === undefined) return null
  if (mover.partnerState !== 'ACTIVE') return t('customers.reason.partner_state')
  if (resale === 0) return t('customers.selected_referral')
  if (resale > batchMax) return t('customers.selected_many', { max: batchMax, count: resale })
  if (others.length === 0) return referral === 0 ? t(`customers.selected_resale_${first}`) : t(`customers.selected_mixed_${first}`, { resale, referral })
  return referral === 0 ? t('customers.selected_resale') : t('customers.selected_mixed', { resale, referral })
}

/** The bulk buttons. Money moves for the resale customers among the ticked ones, as the words beside say. */
export function SelectionActions({ selection, address, onExport }: { selection: Selection<FoundCustomer>; address: string; onExport: () => void }) {
  const { t } = useTranslation()
  const mover = useMover()
  const mayExport = useCan('customer.export')
  const mayAssign = useCan('org.assign')
  const ids = resaleOf(selection).map((row) => row.id)
  return (
    <>
      {(['allocate', 'reclaim'] as const).map((move) => {
        const reason = whyNotBatch(mover, move, ids.length)
        return <ButtonLink key={move} isSmall to={paths[move]({ ids, keep: address })} state={overPage} disabledReason={reason && t(reason, { max: batchMax })}>{t(`customers.batch_${move}`)}</ButtonLink>
      })}
      <IssueToChosen selection={selection} address={address} />
      {mayAssign && (
        <ButtonLink
          isSmall to={paths.assign({ ids: selection.rows.map((row) => row.id), keep: address })} state={overPage}
          disabledReason={selection.count > assignmentBatchMax ? t('customers.reason.too_many', { max: assignmentBatchMax }) : undefined}
        >
          {t('customers.assign')}
        </ButtonLink>
      )}
      {mayExport && <Button isSmall className="only-desk" onPress={onExport}>{t('customers.export_selected')}</Button>}
    </>
  )
}

/** Coupons for the ticked customers, whatever their association; the form says whom the quota cannot reach. */
function IssueToChosen({ selection, address }: { selection: Selection<FoundCustomer>; address: string }) {
  const { t } = useTranslation()
  const { issuable, isRestricted } = useCouponRights()
  if (issuable.length === 0) return null
  const reason = isRestricted ? t('customers.coupons_restricted') : selection.count > issueMax ? t('customers.too_many_coupons', { max: issueMax }) : undefined
  return <ButtonLink isSmall to={paths.issueCoupons({ ids: selection.rows.map((row) => row.id), over: 'customers', keep: address })} state={overPage} disabledReason={reason}>{t('customers.issue_coupons')}</ButtonLink>
}
