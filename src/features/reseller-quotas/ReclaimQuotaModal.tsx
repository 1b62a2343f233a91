import '#src/coupons/issue.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useOutletContext, useSearchParams } from 'react-router'
import { expectQuotaReclaim } from '#contract/reseller-quotas.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useModalRoute } from '#src/components/use-modal-route.ts'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { fundsFormIds, paths } from '#src/paths.ts'
import { ReclaimQuotaForm } from './ReclaimQuotaForm.tsx'

/** Takes quota back from resellers: first what a reclaim would bring, row by row. */
export function ReclaimQuotaModal() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { close } = useModalRoute(['ids'])
  const { mayGive } = useCouponRights()
  const onDone = useOutletContext<((ids: readonly string[]) => void) | undefined>()
  const [opener] = useState(() => document.activeElement)
  const [ids, setIds] = useState(() => [...new Set(fundsFormIds(search))])
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...query(expectQuotaReclaim, { body: { quotaIds: ids } }), enabled: ids.length > 0 && mayGive, staleTime: 0, placeholderData: (before) => before })
  if (data && mayGive) {
    const items = isPlaceholderData ? data.items.filter(({ quotaId }) => ids.includes(quotaId)) : data.items
    return <ReclaimQuotaForm items={items} onDrop={(gone) => setIds((present) => present.filter((id) => !gone.includes(id)))} onRefused={() => void refetch()} onDone={onDone} close={close} opener={opener} />
  }
  const isUnknown = error instanceof ApiError && error.failure.code === 'not_found'
  const toList = <Link to={paths.issuedQuotas()}>{t('reseller_quotas.reclaiming.to_list')}</Link>
  return (
    <ModalShell title={t('reseller_quotas.reclaiming.title')} onClose={close} opener={opener} footer={(leave) => <Button onPress={leave}>{t('common.close')}</Button>}>
      {!mayGive ? <Notice tone="warning">{t('reseller_quotas.reclaiming.no_right')}</Notice>
        : ids.length === 0 ? <Notice>{t('reseller_quotas.reclaiming.none_chosen')} {toList}</Notice>
          : isUnknown ? <Notice tone="warning">{t('reseller_quotas.reclaiming.unknown')} {toList}</Notice>
            : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />}
    </ModalShell>
  )
}
