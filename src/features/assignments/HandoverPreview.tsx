import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssignedCustomer, planHandover, previewHandover } from '#contract/assignments.ts'
import type { Answer } from '#contract/endpoint.ts'
import { ApiError } from '#src/api/api-error.ts'
import type { ApiMutation } from '#src/api/use-api-mutation.ts'
import { Facts } from '#src/components/Facts.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { serverNow } from '#src/lib/clock.ts'
import { formatCount, formatMoney } from '#src/lib/format.ts'
import { Refused } from './Refused.tsx'
import { chinaDay, refusedRows, whyNotHandOver } from './rules.ts'
import type { Wish } from './use-handover-wish.ts'

type Props = { preview: Answer<typeof previewHandover>; wish: Wish; plan: ApiMutation<typeof planHandover>; /** The ticked customers, in the order in which they are sent. */ sent: readonly AssignedCustomer[] }

/** What a handover means: how many go, what goes with them, and which days count for whom. */
export function HandoverPreview({ preview, wish, plan, sent }: Props) {
  const { t } = useTranslation()
  const { from, to, customers, kept, planned, prospects, invitations, monthExpenditure, countsTo, countsFrom } = preview
  const why = whyNotHandOver(preview)
  const refused = refusedRows(plan.error instanceof ApiError ? plan.error.failure.rows : undefined, sent)
  const count = (number: number) => t('assignments.handover.moves_text', { count: number, replace: { count: formatCount(number) } })
  return (
    <div className="assign-confirm">
      <p className="strong">{from.nameMasked} → {to.nameMasked}</p>
      <Facts facts={[
        { key: 'day', label: t('assignments.handover.day'), value: t(wish.day > chinaDay(serverNow()) ? 'assignments.handover.at_midnight' : 'assignments.handover.at_once', { day: wish.day }) },
        { key: 'moves', label: t('assignments.handover.moves'), value: count(customers) },
        ...(kept > 0 ? [{ key: 'keeps', label: t('assignments.handover.keeps'), value: <>{count(kept)} · {t('assignments.handover.kept_by', { manager: from.nameMasked })}</> }] : []),
        ...(prospects + invitations > 0 ? [{ key: 'follows', label: t('assignments.handover.follows'), value: t('assignments.handover.follows_text', { prospects: formatCount(prospects), invitations: formatCount(invitations) }) }] : []),
        { key: 'expenditure', label: t('assignments.handover.expenditure'), value: t('assignments.handover.yuan', { amount: formatMoney(monthExpenditure) }) },
        { key: 'to', label: t('assignments.handover.counts_to', { manager: from.nameMasked }), value: t('assignments.handover.day_of', { day: countsTo }) },
        { key: 'from', label: t('assignments.handover.counts_from', { manager: to.nameMasked }), value: t('assignments.handover.day_of', { day: countsFrom }) },
        { key: 'tells', label: t('assignments.handover.tell'), value: t(wish.tellCustomers ? 'assignments.handover.yes' : 'assignments.handover.no') },
      ]} />
      {why === 'planned' && <Notice tone="warning" isAlert>{t('assignments.handover.in_plan', { count: planned, replace: { count: formatCount(planned) } })}</Notice>}
      {why === 'nothing' && <Notice tone="warning" isAlert>{t('assignments.handover.nothing')}</Notice>}
      <OutcomeNotice outcome={plan.outcome} onAskAgain={plan.askAgain} />
      {refused.length > 0 ? <Refused title={t('assignments.assigning.refused_plan', { count: refused.length })} refused={refused} /> : <FormError error={plan.error} />}
    </div>
  )
}
