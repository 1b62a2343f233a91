import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { confirmStatements, getIncentiveOverview, getStatement, previewConfirmation, queryLines, queryStatements, type Statement } from '#contract/incentives.ts'
import { getHome } from '#contract/home.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatMoney, formatMonth } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { requestPlace } from './request-of.ts'

type Props = { ids: readonly string[]; /** They were confirmed. */ onDone: () => void; onClose: () => void }

/** Confirms statements, and with each every other one of its month. What is confirmed is what the server said, not what was ticked. */
export function ConfirmDialog({ ids, onDone, onClose }: Props) {
  const { t } = useTranslation()
  const preview = useQuery({ ...query(previewConfirmation, { body: { statementIds: [...ids] } }), gcTime: 0 })
  const mayRequest = useCan('incentive.request')
  const [sent, setSent] = useState<readonly Statement[]>([])
  const items = preview.data?.items ?? []
  const confirm = useApiMutation(confirmStatements, {
    invalidates: [queryStatements, getStatement, getIncentiveOverview, queryLines, getHome],
    onSuccess: ({ count, total }, { body }) => {
      showToast({
        tone: 'success', title: t('incentives.confirming.done', { count }), text: t('incentives.confirming.done_text', { amount: formatMoney(total) }),
        ...(mayRequest && { link: { to: requestPlace(items.filter(({ id }) => body.statementIds.includes(id))), label: t('incentives.confirming.done_link') } }),
      })
      onDone()
      onClose()
    },
  })
  const isStale = confirm.error instanceof ApiError && confirm.error.failure.code === 'conflict'
  const submit = () => {
    setSent(items)
    confirm.submit({ body: { statementIds: items.map((row) => row.id) } })
  }
  const checkAgain = () => {
    confirm.reset()
    void preview.refetch()
  }
  return (
    <ModalShell
      title={items.length > 0 ? t('incentives.confirming.title', { count: items.length }) : t('incentives.confirming.title_plain')} onClose={onClose} isLocked={confirm.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {isStale && <Button variant="primary" isBusy={preview.isFetching} onPress={checkAgain}>{t('incentives.confirming.refresh')}</Button>}
          {!isStale && preview.data && items.length > 0 && confirm.outcome === 'known' && (
            <Button variant="primary" isBusy={confirm.isBusy} onPress={submit}>{t('incentives.confirming.act', { count: items.length, amount: formatMoney(preview.data.total) })}</Button>
          )}
        </>
      )}
    >
      <div className="form">
        {preview.data ? <Preview items={items} total={preview.data.total} added={items.filter((row) => !ids.includes(row.id)).length} /> : preview.error ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : <Skeleton lines={4} />}
        <OutcomeNotice outcome={confirm.outcome} onAskAgain={confirm.askAgain} />
        <FormError error={confirm.error}>{isStale && <span>{t('incentives.confirming.changed')}</span>}<Refused error={confirm.error} sent={sent} /></FormError>
      </div>
    </ModalShell>
  )
}

function Preview({ items, total, added }: { items: readonly Statement[]; total: Statement['amount']; added: number }) {
  const { t } = useTranslation()
  if (items.length === 0) return <p className="second">{t('incentives.confirming.none')}</p>
  return (
    <>
      <div className="second">
        <p>{t('incentives.confirming.text')}</p>
        {added > 0 && <p>{t('incentives.confirming.together', { count: added })}</p>}
      </div>
      <div className="confirm-list">
        <table className="plain-table" aria-label={t('incentives.confirming.list')}>
          <thead><tr><th scope="col">{t('incentives.field.program')}</th><th scope="col">{t('incentives.field.period')}</th><th scope="col" className="num">{t('incentives.field.amount')}</th></tr></thead>
          <tbody>
            {items.map((row) => (
              <tr key={row.id}>
                <td><span className="stack wrap"><span>{row.program.name}</span><span>{row.number}{row.program.associationType && ` · ${t(`customers.type.${row.program.associationType}`)}`}</span></span></td>
                <td>{formatMonth(row.period)}</td>
                <td className="num"><MoneyText amount={row.amount} /></td>
              </tr>
            ))}
          </tbody>
          <tfoot><tr><th scope="row" colSpan={2}>{t('incentives.confirming.total')}</th><td className="num"><MoneyText amount={total} isStrong /></td></tr></tfoot>
        </table>
      </div>
    </>
  )
}

/** Which statements were refused and why; by position in what was sent. */
function Refused({ error, sent }: { error: Error | undefined; sent: readonly Statement[] }) {
  const { t } = useTranslation()
  const rows = error instanceof ApiError ? error.failure.rows : undefined
  if (!rows || rows.length === 0) return null
  return <><span>{t('incentives.confirming.refused')}</span><ul>{rows.map(({ row, message }) => <li key={row}>{sent[row]?.number}{t('common.colon')}{message}</li>)}</ul></>
}
