import '#src/coupons/coupons.css'
import '#src/coupons/issue.css'
import './reseller-quotas.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { getQuotaChoices } from '#contract/coupons.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useModalRoute } from '#src/components/use-modal-route.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { IssueQuotaForm } from './IssueQuotaForm.tsx'

/** Gives voucher quota to resellers, over the list of quotas. */
export function IssueQuotaModal() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { close } = useModalRoute(['quota'])
  const { mayGive } = useCouponRights()
  const [opener] = useState(() => document.activeElement)
  const { data, error, refetch } = useQuery({ ...query(getQuotaChoices, { query: { kind: 'VOUCHER' } }), enabled: mayGive, staleTime: 0 })
  const quotas = data?.items.filter(({ onlyFor }) => onlyFor === null)
  if (quotas && quotas.length > 0 && mayGive) {
    return <RevealProvider page="/coupons/issue-quota" subject="reseller"><IssueQuotaForm quotas={quotas} quotaId={search.get('quota') ?? undefined} close={close} opener={opener} /></RevealProvider>
  }
  return (
    <ModalShell title={t('reseller_quotas.giving.title')} onClose={close} opener={opener} footer={(leave) => <Button onPress={leave}>{t('common.close')}</Button>}>
      {!mayGive ? <Notice tone="warning">{t('reseller_quotas.giving.no_right')}</Notice> : quotas ? <Notice>{t('reseller_quotas.giving.no_quota')}</Notice> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />}
    </ModalShell>
  )
}
