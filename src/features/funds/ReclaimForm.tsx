import { useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Input } from '#contract/endpoint.ts'
import { reclaimFunds } from '#contract/funds.ts'
import { fromMinor } from '#contract/money.ts'
import { useResume } from '#src/api/use-resume.ts'
import { Button } from '#src/components/Button.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Select } from '#src/components/Select.tsx'
import { formatDay, formatMoney } from '#src/lib/format.ts'
import { MoveForm } from './MoveForm.tsx'
import { ReclaimableLines } from './ReclaimableLines.tsx'
import { RowsTable } from './RowsTable.tsx'
import { isAboveMax, limitOf, sumOf, type Target, type Targets } from './rules.ts'
import { SingleAmount } from './SingleAmount.tsx'
import { useMove } from './use-move.ts'
import { type MoveRows, useMoveRows } from './use-move-rows.ts'

type Props = { targets: Targets; /** The lot that the person pressed, if any. */ lotId: string | undefined; close: () => void; opener: Element | null }

/** The reclaim form: what can be taken back and why no more, and how much is. */
export function ReclaimForm({ targets: { items: targets }, lotId, close, opener }: Props) {
  const { t } = useTranslation()
  const sent = useRef<readonly string[]>([])
  const move = useMove('reclaim', reclaimFunds, { close, onRefused: (error) => list.refuse(error, sent.current, (target) => limitOf(target, chosen(target, lot))) })
  // An attempt for other customers is not this form's; its own form finds it.
  const left = move.unfinished?.body.items.every((item) => targets.some((target) => target.customerId === item.customerId)) ? move.unfinished : undefined
  const [first] = targets
  const [start] = useState(() => startOf(targets, lotId, left?.body.items))
  const [lot, setLot] = useState(start.lot)
  const list = useMoveRows('reclaim', targets, start.texts)
  const send = (input: Input<typeof reclaimFunds>) => {
    sent.current = input.body.items.map((item) => item.customerId)
    move.submit(input)
  }
  useResume(send, left)
  const isBatch = list.rows.length > 1
  const [only] = list.rows
  const named = only && !isBatch ? chosen(only.target, lot) : undefined
  const isLotGone = targets.length === 1 && lotId !== undefined && lot === '' && !first?.lots.some(({ id }) => id === lotId)

  const submit = () => {
    if (!list.check()) return
    const items = list.rows.flatMap(({ target: { customerId }, amount }) => (amount ? [{ customerId, amount, ...(named && { lotId: named }) }] : []))
    send({ body: { items } })
  }
  return (
    <MoveForm kind="reclaim" move={move} list={list} close={close} opener={opener} isResuming={left !== undefined && move.isBusy} elsewhere={left ? [] : (move.unfinished?.body.items ?? []).map((item) => item.customerId)} onSubmit={submit}>
      {isLotGone && <Notice tone="warning">{t('funds.lot_gone')}</Notice>}
      {isBatch && <FillAll list={list} />}
      {isBatch && <RowsTable move="reclaim" list={list} />}
      {only && !isBatch && (
        <>
          <ReclaimableLines target={only.target} />
          <SingleAmount move="reclaim" row={only} max={limitOf(only.target, named)} list={list} />
          {!only.block && <LotChoice target={only.target} value={lot} onChange={setLot} />}
        </>
      )}
      <After list={list} />
    </MoveForm>
  )
}

/** A lot counts only where it is one of the customer's open ones. */
const chosen = (target: Target, lot: string | undefined): string | undefined => target.lots.find(({ id }) => id === lot)?.id

type Item = { customerId: string; amount: string; lotId?: string | undefined }

/** @param left the items of an attempt that has no result yet. @returns what the form begins with: a pressed lot is taken back whole. */
function startOf(targets: readonly Target[], lotId: string | undefined, left: readonly Item[] | undefined): { lot: string; texts: ReadonlyMap<string, string> } {
  if (left) return { lot: left[0]?.lotId ?? '', texts: new Map(left.map((item) => [item.customerId, formatMoney(item.amount)])) }
  const [only] = targets.length === 1 ? targets : []
  const lot = only && chosen(only, lotId)
  return { lot: lot ?? '', texts: new Map(targets.map((target) => [target.customerId, lot ? formatMoney(limitOf(target, lot)) : ''])) }
}

function LotChoice({ target, value, onChange }: { target: Target; value: string; onChange: (lot: string) => void }) {
  const { t } = useTranslation()
  return (
    <Labelled label={t('funds.lot')} hint={value === '' ? t('funds.lot_newest_note') : undefined}>
      {(wiring) => (
        <Select
          {...wiring} value={value} onChange={onChange} empty={t('funds.lot_newest')}
          options={target.lots.map((lot) => ({ value: lot.id, label: t('funds.lot_option', { number: lot.number, source: t(`funds.source.${lot.source}`), day: formatDay(lot.at), amount: formatMoney(lot.remaining) }) }))}
        />
      )}
    </Labelled>
  )
}

/** Fills every row with all that can be taken back, and takes the rows off where there is nothing. */
function FillAll({ list }: { list: MoveRows }) {
  const { t } = useTranslation()
  const blocked = list.rows.filter((row) => row.block)
  return (
    <div className="fill-all">
      <span className="second">{t('funds.fill_note')}</span>
      <Button isSmall onPress={() => list.fill((target) => formatMoney(limitOf(target, undefined)))}>{t('funds.fill_reclaimable')}</Button>
      {blocked.length > 0 && blocked.length < list.rows.length && (
        <Button isSmall onPress={() => list.drop(blocked.map((row) => row.target.customerId))}>{t('funds.drop_blocked', { count: blocked.length })}</Button>
      )}
    </div>
  )
}

/** What the customers keep, while typing. */
function After({ list: { rows, total } }: { list: MoveRows }) {
  const { t } = useTranslation()
  const balance = sumOf(rows.map((row) => row.target.balance))
  const count = rows.filter((row) => row.amount).length
  const isBatch = rows.length > 1
  if (!isBatch && total === 0n) return null
  return (
    <div className={`move-sum ${isBatch ? 'sticks' : ''}`} aria-live="polite">
      <Ledger
        lines={[
          { key: 'balance', label: t(isBatch ? 'funds.balance_of_all' : 'funds.balance'), amount: fromMinor(balance) },
          { key: 'total', label: isBatch ? t('funds.total_of.reclaim', { count }) : t('funds.amount.reclaim'), amount: fromMinor(total), isMinus: true },
        ]}
        sum={{ label: t('funds.balance_after'), amount: fromMinor(balance - total) }}
      />
      {isAboveMax(total) && <p className="field-error">{t('funds.total_max')}</p>}
    </div>
  )
}
