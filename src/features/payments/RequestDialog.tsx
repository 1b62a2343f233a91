import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getPayment, getRequestable } from '#contract/incentive-payments.ts'
import { query } from '#src/api/query.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { RequestForm } from './RequestForm.tsx'
import { canPick, type Requestable } from './rules.ts'
import { UncertifiedDialog } from './UncertifiedDialog.tsx'

type Props = { /** A rejected request that is sent again. */ editId: string | undefined; /** Ids of statements; none for all. */ wanted: readonly string[]; onClose: () => void }

/** The request form once its figures are there; without certification the way to it instead. */
export function RequestDialog({ editId, wanted, onClose }: Props) {
  const { t } = useTranslation()
  const [opener] = useState(() => document.activeElement)
  const requestable = useQuery({ ...query(getRequestable, {}), refetchOnMount: 'always' })
  const edited = useQuery({ ...query(getPayment, { params: { id: editId ?? '' } }), enabled: editId !== undefined })
  const error = requestable.error ?? edited.error
  const isThere = requestable.data !== undefined && !requestable.isFetching && (editId === undefined || edited.data !== undefined)
  const [isReady, setReady] = useState(false)
  // Figures that are read anew later change in the form, which stays.
  if (isThere && !isReady) setReady(true)
  if (requestable.data && isReady && (editId === undefined || edited.data)) {
    if (requestable.data.blocks.includes('business')) return <UncertifiedDialog checks={requestable.data.businessChecks} opener={opener} onClose={onClose} />
    return <RequestForm requestable={requestable.data} edited={edited.data} start={startOf(requestable.data, edited.data?.items.map(({ id }) => id) ?? wanted)} opener={opener} onReload={() => void requestable.refetch()} onClose={onClose} />
  }
  return (
    <ModalShell title={t('payments.form.title')} size="wide" opener={opener} onClose={onClose}>
      {error ? <ErrorState error={error} onRetry={() => void requestable.refetch()} /> : <Skeleton lines={8} />}
    </ModalShell>
  )
}

/** @param ids what was asked for; none means every statement that can be requested. @returns what is ticked beforehand. */
function startOf({ items }: Requestable, ids: readonly string[]): string[] {
  const all = items.filter(canPick).map(({ id }) => id)
  // Of what cannot be requested here nothing is ticked, and above all nothing else instead.
  return ids.length === 0 ? all : all.filter((id) => ids.includes(id))
}
