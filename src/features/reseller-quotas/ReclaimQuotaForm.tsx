import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { remarkMax } from '#contract/coupons.ts'
import type { Answer, Input } from '#contract/endpoint.ts'
import { fromMinor } from '#contract/money.ts'
import { type expectQuotaReclaim, reclaimQuotas } from '#contract/reseller-quotas.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { useResume } from '#src/api/use-resume.ts'
import { Button } from '#src/components/Button.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { RefusedRows } from '#src/coupons/RefusedRows.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { expectedTotal } from './quota-rules.ts'
import { ReclaimQuotaResult } from './ReclaimQuotaResult.tsx'
import { ReclaimQuotaRows } from './ReclaimQuotaRows.tsx'
import { staleByQuota } from './stale.ts'

type Expected = Answer<typeof expectQuotaReclaim>['items']
type Props = { items: Expected; onDrop: (ids: readonly string[]) => void; /** What was expected is not so any more. */ onRefused: () => void; /** Of the list below: its ticks on them go. */ onDone?: ((ids: readonly string[]) => void) | undefined; close: () => void; opener: Element | null }

/** A reclaim from what it is expected to bring to what it brought, in one dialog. */
export function ReclaimQuotaForm({ items, onDrop, onRefused, onDone, close, opener }: Props) {
  const { t } = useTranslation()
  const [remark, setRemark] = useState('')
  const [done, setDone] = useState<Answer<typeof reclaimQuotas>>()
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const reclaim = useApiMutation(reclaimQuotas, {
    invalidates: staleByQuota,
    onSuccess: (reclaimed) => {
      setDone(reclaimed)
      onDone?.(reclaimed.items.map(({ quotaId }) => quotaId))
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) return
      setRefused(new Map((error.failure.rows ?? []).flatMap(({ row, message }) => (items[row] === undefined ? [] : [[items[row].quotaId, message]]))))
      onRefused()
    },
  })
  const left = reclaim.unfinished && isSame(reclaim.unfinished, items) ? reclaim.unfinished : undefined
  useResume(reclaim.submit, left)
  const rows = items.map((one) => ({ ...one, problem: refused.get(one.quotaId) ?? one.refused ?? undefined }))
  const wrong = rows.flatMap(({ quotaId, number, problem }) => (problem ? [{ id: quotaId, who: number, problem }] : []))
  // As with coupons: the server has said so already.
  const cannot = items.filter((one) => one.refused !== null).length
  const isBatch = items.length > 1
  const isKnown = reclaim.outcome === 'known'
  const total = fromMinor(expectedTotal(rows))
  return (
    <ModalShell
      title={t(done ? 'reseller_quotas.reclaiming.done' : isBatch ? 'reseller_quotas.reclaiming.title_batch' : 'reseller_quotas.reclaiming.title')} size="wide" onClose={close} opener={opener} isLocked={reclaim.isBusy && !done} isDirty={remark !== '' && !done && !reclaim.isBusy}
      footer={(leave) => done ? <Button variant="primary" onPress={leave}>{t('common.close')}</Button> : (
        <>
          <Button onPress={leave}>{t('common.cancel')}</Button>
          {isKnown && wrong.length < rows.length && <Button variant="primary" type="submit" form="reclaim-quota" isBusy={reclaim.isBusy} disabledReason={cannot > 0 ? t('reseller_quotas.reclaiming.rows_cannot', { count: cannot }) : undefined}>{t('reseller_quotas.reclaiming.verb', { count: rows.length, amount: formatMoney(total) })}</Button>}
        </>
      )}
    >
      {done ? <ReclaimQuotaResult reclaimed={done} /> : (
        <form id="reclaim-quota" className="form issue-form" noValidate onSubmit={(event) => { event.preventDefault(); if (isKnown && cannot === 0) reclaim.submit({ body: { quotaIds: items.map(({ quotaId }) => quotaId), remark: remark.trim() } }) }}>
          {left && reclaim.isBusy && <Notice>{t('common.unfinished')}</Notice>}
          <p className="second">{t('reseller_quotas.reclaiming.text')}</p>
          <ReclaimQuotaRows rows={rows} total={total} onDrop={isBatch ? (id) => onDrop([id]) : undefined} />
          <Labelled label={t('reseller_quotas.reclaiming.remark')} hint={t('reseller_quotas.reclaiming.remark_hint')} aside={<span className="caption">{[...remark].length}/{remarkMax}</span>}>
            {(wiring) => <TextInput {...wiring} value={remark} maxLength={remarkMax} onChange={setRemark} disabled={!isKnown} />}
          </Labelled>
          <OutcomeNotice outcome={reclaim.outcome} onAskAgain={reclaim.askAgain} />
          <RefusedRows
            error={reclaim.error} rows={wrong} title={t(reclaim.error ? 'reseller_quotas.reclaiming.rows_wrong' : 'reseller_quotas.reclaiming.rows_cannot', { count: wrong.length })} dropLabel={t('reseller_quotas.reclaiming.drop_refused', { count: wrong.length })}
            onDrop={wrong.length < rows.length ? () => onDrop(wrong.map(({ id }) => id)) : undefined}
          />
        </form>
      )}
    </ModalShell>
  )
}

/** @returns whether an attempt without a result is about exactly these quotas. */
const isSame = ({ body: { quotaIds } }: Input<typeof reclaimQuotas>, items: Expected): boolean => quotaIds.length === items.length && items.every(({ quotaId }) => quotaIds.includes(quotaId))
