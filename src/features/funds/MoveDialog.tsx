import './move.css'
import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import { getFundsTargets } from '#contract/funds.ts'
import { movesFunds } from '#contract/people.ts'
import { Id } from '#contract/page.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { useModalRoute } from '#src/components/use-modal-route.ts'
import { fundsFormIds, paths } from '#src/paths.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import type { Move, Targets } from './rules.ts'

type FormProps = { targets: Targets; lotId: string | undefined; close: () => void; opener: Element | null }

/** The dialog of a funds form: reads the customers that its address names, and says why when there is nothing to fill in.
 *  @param children draws the form once the customers are known. */
export function MoveDialog({ move, children }: { move: Move; children: (form: FormProps) => ReactNode }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const { close } = useModalRoute(['ids', 'lot'])
  const hasOperation = movesFunds(useSession().partner.type)
  const may = useCan(`funds.${move}`) && hasOperation
  const [opener] = useState(() => document.activeElement)
  const ids = [...new Set(fundsFormIds(search))]
  // Part of a link that was cut off names nobody; the server would only say that the input is wrong.
  const isBroken = ids.some((id) => !Id.safeParse(id).success)
  const { data, error, refetch } = useQuery({ ...query(getFundsTargets, { body: { customerIds: ids } }), enabled: ids.length > 0 && !isBroken && may, staleTime: 0 })
  if (data && may && ids.length > 0) return <Fragment key={ids.join()}>{children({ targets: data, lotId: search.get('lot') ?? undefined, close, opener })}</Fragment>
  return (
    <ModalShell title={t(`funds.title_of.${move}`)} onClose={close} footer={(leave) => <Button onPress={leave}>{t('common.close')}</Button>}>
      {!may
        ? <Notice tone="warning">{t(hasOperation ? 'funds.no_right' : 'customers.reason.no_operation')}</Notice>
        : ids.length === 0
          ? <Notice>{t('funds.none_chosen')} <Link to={paths.customers()}>{t('funds.to_customers')}</Link></Notice>
          : isBroken || isUnknown(error) ? <Notice tone="warning">{t('funds.unknown_customer', { count: ids.length })} <Link to={paths.customers()}>{t('funds.to_customers')}</Link></Notice>
          : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={5} />}
    </ModalShell>
  )
}

/** One of the customers is unknown or outside the person's scope; the server does not say which. */
const isUnknown = (error: Error | null): boolean => error instanceof ApiError && error.failure.code === 'not_found'
