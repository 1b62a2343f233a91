import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type CouponsReclaimed, type expectReclaim, reclaimCoupons } from '#contract/coupons-issued.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { remarkMax } from '#contract/coupons.ts'
import type { Answer, Input } from '#contract/endpoint.ts'
import { fromMinor } from '#contract/money.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { useResume } from '#src/api/use-resume.ts'
import { Button } from '#src/components/Button.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { ReclaimResult } from './ReclaimResult.tsx'
import { ReclaimRows } from './ReclaimRows.tsx'
import { expectedTotal } from './reclaim-rules.ts'
import { RefusedRows } from '#src/coupons/RefusedRows.tsx'
import { staleByCoupons } from './use-issue.ts'

type Expected = Answer<typeof expectReclaim>['items']
type Operation = (typeof reclaimCoupons)[CouponKind]
type Props = { kind: CouponKind; items: Expected; onDrop: (ids: readonly string[]) => void; /** What was expected is not so any more. */ onRefused: () => void; /** Of a list below: its ticks on them go. */ onDone?: ((ids: readonly string[]) => void) | undefined; close: () => void; opener: Element | null }

/** A reclaim from what it is expected to bring to what it brought, in one dialog. */
export function ReclaimForm({ kind, items, onDrop, onRefused, onDone, close, opener }: Props) {
  const { t } = useTranslation()
  const [remark, setRemark] = useState('')
  const [done, setDone] = useState<CouponsReclaimed>()
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const reclaim = useApiMutation<Operation>(reclaimCoupons[kind], {
    invalidates: staleByCoupons,
    onSuccess: (reclaimed) => {
      setDone(reclaimed)
      onDone?.(reclaimed.items.map(({ couponId }) => couponId))
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) return
      setRefused(new Map((error.failure.rows ?? []).flatMap(({ row, message }) => (items[row] === undefined ? [] : [[items[row].couponId, message]]))))
      onRefused()
    },
  })
  const left = reclaim.unfinished && isSame(reclaim.unfinished, items) ? reclaim.unfinished : undefined
  useResume(reclaim.submit, left)
  const rows = items.map((one) => ({ ...one, problem: refused.get(one.couponId) ?? one.refused ?? undefined }))
  const wrong = rows.flatMap(({ couponId, number, problem }) => (problem ? [{ id: couponId, who: number, problem }] : []))
  // The server has said so already: asking it for all of them would only bring the same answer.
  const cannot = items.filter((one) => one.refused !== null).length
  const isBatch = items.length > 1
  const isKnown = reclaim.outcome === 'known'
  const total = fromMinor(expectedTotal(rows))
  return (
    <ModalShell
      title={done ? t('coupons.reclaiming.done') : t(isBatch ? 'coupons.reclaiming.title_batch' : 'coupons.reclaiming.title', { kind: t(`coupons.kind_in.${kind}`) })} size="wide" onClose={close} opener={opener} isLocked={reclaim.isBusy && !done} isDirty={remark !== '' && !done && !reclaim.isBusy}
      footer={(leave) => done ? <Button variant="primary" onPress={leave}>{t('common.close')}</Button> : (
        <>
          <Button onPress={leave}>{t('common.cancel')}</Button>
          {isKnown && wrong.length < rows.length && <Button variant="primary" type="submit" form="reclaim-form" isBusy={reclaim.isBusy} disabledReason={cannot > 0 ? t('coupons.reclaiming.rows_cannot', { count: cannot }) : undefined}>{t('coupons.reclaiming.verb', { count: rows.length, amount: formatMoney(total) })}</Button>}
        </>
      )}
    >
      {done ? <ReclaimResult kind={kind} reclaimed={done} /> : (
        <form id="reclaim-form" className="form issue-form" noValidate onSubmit={(event) => { event.preventDefault(); if (isKnown && cannot === 0) reclaim.submit({ body: { couponIds: items.map((one) => one.couponId), remark: remark.trim() } }) }}>
          {left && reclaim.isBusy && <Notice>{t('common.unfinished')}</Notice>}
          <p className="second">{t('coupons.reclaiming.text')}</p>
          <ReclaimRows rows={rows} total={total} onDrop={isBatch ? (id) => onDrop([id]) : undefined} />
          <Labelled label={t('coupons.reclaiming.remark')} hint={t('coupons.reclaiming.remark_hint')} aside={<span className="caption">{[...remark].length}/{remarkMax}</span>}>
            {(wiring) => <TextInput {...wiring} value={remark} maxLength={remarkMax} onChange={setRemark} disabled={!isKnown} />}
          </Labelled>
          <OutcomeNotice outcome={reclaim.outcome} onAskAgain={reclaim.askAgain} />
          <RefusedRows
            error={reclaim.error} rows={wrong} title={t(reclaim.error ? 'coupons.reclaiming.rows_wrong' : 'coupons.reclaiming.rows_cannot', { count: wrong.length })} dropLabel={t('coupons.reclaiming.drop_refused', { count: wrong.length })}
            onDrop={wrong.length < rows.length ? () => onDrop(wrong.map(({ id }) => id)) : undefined}
          />
        </form>
      )}
    </ModalShell>
  )
}

/** @returns whether an attempt without a result is about exactly these coupons. */
const isSame = ({ body: { couponIds } }: Input<Operation>, items: Expected): boolean =>
  couponIds.length === items.length && items.every((one) => couponIds.includes(one.couponId))
