import '#src/coupons/coupons.css'
import '#src/coupons/issue.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useLocation, useParams, useSearchParams } from 'react-router'
import { type CouponKind, issueMax } from '#contract/coupon-kinds.ts'
import { getQuotaChoices, type Quota } from '#contract/coupons.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useModalRoute } from '#src/components/use-modal-route.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { fundsFormIds } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { IssueForm } from './IssueForm.tsx'
import { KindChoice } from './KindChoice.tsx'

/** Issues coupons: over the quotas or the issued coupons, over the customer list for those ticked there, or over one customer's page. */
export function IssueModal() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const { pathname } = useLocation()
  const { id } = useParams()
  const { close } = useModalRoute(pathname.startsWith('/coupons') ? ['ids', 'quota'] : ['ids', 'quota', 'kind'])
  const { issuable } = useCouponRights()
  const may = useCan('coupon.issue')
  const [opener] = useState(() => document.activeElement)
  const named = issuable.find((one) => one === search.get('kind'))
  const kind = named ?? (issuable.length === 1 ? issuable[0] : undefined)
  const choices = useQuery({ ...query(getQuotaChoices, { query: { kind: kind ?? 'VOUCHER' } }), enabled: kind !== undefined, staleTime: 0 })
  const ids = [...new Set(fundsFormIds(search))].slice(0, issueMax)
  const customerIds = ids.length > 0 ? ids : id ? [id] : []
  const choose = (next: CouponKind) => setSearch((present) => {
    const changed = new URLSearchParams(present)
    changed.set('kind', next)
    changed.delete('quota')
    return changed
  }, { replace: true, preventScrollReset: true, state: { over: true } })
  // An issue that takes the last of the last quota leaves nothing to choose from; the form stays, because it shows the result.
  const [shown, setShown] = useState<{ kind: CouponKind; quotas: readonly Quota[] }>()
  const items = choices.data?.items ?? []
  if (kind && items.length > 0 && shown?.quotas !== items) setShown({ kind, quotas: items })
  if (kind && shown?.kind === kind) {
    return <IssueForm key={kind} kind={kind} kinds={pathname.startsWith('/coupons') ? [kind] : issuable} onKind={choose} quotas={shown.quotas} quotaId={search.get('quota') ?? undefined} customerIds={customerIds} close={close} opener={opener} />
  }
  return (
    <ModalShell title={kind ? t('coupons.issuing.title', { kind: t(`coupons.kind_in.${kind}`) }) : t('coupons.issuing.title_bare')} onClose={close} opener={opener} footer={(leave) => <Button onPress={leave}>{t('common.close')}</Button>}>
      {!may ? <Notice tone="warning">{t('coupons.issuing.no_right')}</Notice>
        : issuable.length === 0 ? <Notice>{t('coupons.issuing.no_kind')}</Notice>
          : !kind ? <KindChoice kinds={issuable} kind={undefined} onChange={choose} />
            : choices.error ? <ErrorState error={choices.error} onRetry={() => void choices.refetch()} />
              : choices.data ? <NoQuota kinds={pathname.startsWith('/coupons') ? [kind] : issuable} kind={kind} onChange={choose} /> : <Skeleton lines={6} />}
    </ModalShell>
  )
}

function NoQuota(props: { kinds: readonly CouponKind[]; kind: CouponKind; onChange: (kind: CouponKind) => void }) {
  const { t } = useTranslation()
  return <div className="form"><KindChoice {...props} /><Notice>{t('coupons.issuing.no_quota')}</Notice></div>
}
