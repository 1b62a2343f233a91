import '#src/coupons/coupons.css'
import '#src/coupons/issue.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useLocation, useOutletContext, useSearchParams } from 'react-router'
import { expectReclaim } from '#contract/coupons-issued.ts'
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
import { ReclaimForm } from './ReclaimForm.tsx'
import { useKind } from './use-kind.ts'

/** Takes coupons back, over the issued ones or over a customer's page: first what a reclaim would bring, row by row. */
export function ReclaimModal() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { pathname } = useLocation()
  const { close } = useModalRoute(pathname.startsWith('/coupons') ? ['ids'] : ['ids', 'kind'])
  const { mayReclaim } = useCouponRights()
  const kind = useKind()
  const onDone = useOutletContext<((ids: readonly string[]) => void) | undefined>()
  const [opener] = useState(() => document.activeElement)
  const [ids, setIds] = useState(() => [...new Set(fundsFormIds(search))])
  const { data, error, refetch, isPlaceholderData } = useQuery({ ...query(expectReclaim, { body: { couponIds: ids } }), enabled: ids.length > 0 && mayReclaim, staleTime: 0, placeholderData: (before) => before })
  if (data && kind && mayReclaim) {
    const items = isPlaceholderData ? data.items.filter((one) => ids.includes(one.couponId)) : data.items
    return <ReclaimForm kind={kind} items={items} onDrop={(gone) => setIds((present) => present.filter((id) => !gone.includes(id)))} onRefused={() => void refetch()} onDone={onDone} close={close} opener={opener} />
  }
  const isUnknown = error instanceof ApiError && error.failure.code === 'not_found'
  return (
    <ModalShell title={t('coupons.reclaiming.title', { kind: t(`coupons.kind_in.${kind ?? 'VOUCHER'}`) })} onClose={close} opener={opener} footer={(leave) => <Button onPress={leave}>{t('common.close')}</Button>}>
      {!mayReclaim ? <Notice tone="warning">{t('coupons.reclaiming.no_right')}</Notice>
        : ids.length === 0 ? <Notice>{t('coupons.reclaiming.none_chosen')} <Link to={paths.couponsIssued()}>{t('coupons.reclaiming.to_issued')}</Link></Notice>
          : isUnknown ? <Notice tone="warning">{t('coupons.reclaiming.unknown')} <Link to={paths.couponsIssued()}>{t('coupons.reclaiming.to_issued')}</Link></Notice>
            : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />}
    </ModalShell>
  )
}
