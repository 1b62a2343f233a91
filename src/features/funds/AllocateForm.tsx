import { useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { FundsSource } from '#contract/customers.ts'
import type { Input } from '#contract/endpoint.ts'
import { allocateFunds } from '#contract/funds.ts'
import { Amount, type Figure, fromMinor, toMinor } from '#contract/money.ts'
import { useResume } from '#src/api/use-resume.ts'
import { Ledger } from '#src/components/Ledger.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { MoveForm } from './MoveForm.tsx'
import { RowsTable } from './RowsTable.tsx'
import { isAboveMax, type Targets } from './rules.ts'
import { SameAmount } from './SameAmount.tsx'
import { SingleAmount } from './SingleAmount.tsx'
import { Who } from './Who.tsx'
import { useMove } from './use-move.ts'
import { type MoveRows, useMoveRows } from './use-move-rows.ts'

/** The allocate form: where the money comes from, and how much each customer gets. */
export function AllocateForm({ targets: { items: targets, available }, close, opener }: { targets: Targets; close: () => void; opener: Element | null }) {
  const { t } = useTranslation()
  const sent = useRef<readonly string[]>([])
  const move = useMove('allocate', allocateFunds, { close, onRefused: (error) => list.refuse(error, sent.current) })
  // An attempt for other customers is not this form's; its own form finds it.
  const left = move.unfinished?.body.items.every((item) => targets.some((target) => target.customerId === item.customerId)) ? move.unfinished : undefined
  const [from, setFrom] = useState<FundsSource>(left?.body.from ?? (available.topUp === '0.00' && available.credit !== '0.00' ? 'credit' : 'top-up'))
  const list = useMoveRows('allocate', targets, new Map(left ? left.body.items.map((item) => [item.customerId, formatMoney(item.amount)]) : targets.map((target) => [target.customerId, ''])))
  const send = (input: Input<typeof allocateFunds>) => {
    sent.current = input.body.items.map((item) => item.customerId)
    move.submit(input)
  }
  useResume(send, left)
  const isBatch = list.rows.length > 1
  const [only] = list.rows
  const own = { 'top-up': available.topUp, credit: available.credit }

  const submit = () => {
    if (!list.check()) return
    const items = list.rows.flatMap(({ target: { customerId }, amount }) => (amount ? [{ customerId, amount }] : []))
    send({ body: { from, items } })
  }
  return (
    <MoveForm
      kind="allocate" move={move} list={list} close={close} opener={opener} isResuming={left !== undefined && move.isBusy} elsewhere={left ? [] : (move.unfinished?.body.items ?? []).map((item) => item.customerId)} onSubmit={submit}
    >
      {only && !isBatch && <Who target={only.target} hasBalance />}
      <RadioCards
        legend={t('funds.allocation_type')} value={from} onChange={setFrom}
        options={FundsSource.options.map((value) => ({ value, label: t(`funds.from.${value}`), note: t('funds.available_is', { amount: formatMoney(own[value]) }) }))}
      />
      {isBatch && <SameAmount onFill={(text) => list.fill(() => text)} />}
      {isBatch ? <RowsTable move="allocate" list={list} /> : only && <SingleAmount move="allocate" row={only} max={Amount.safeParse(own[from]).data} list={list} />}
      <Effect list={list} available={own[from]} from={from} />
      {only && !isBatch && only.target.isFrozen && <Notice>{t('funds.frozen_one')}</Notice>}
      {isBatch && <FrozenSome list={list} />}
    </MoveForm>
  )
}

/** What the allocation does to the partner's account, while typing. */
function Effect({ list: { rows, total }, available, from }: { list: MoveRows; available: Figure; from: FundsSource }) {
  const { t } = useTranslation()
  const before = toMinor(available)
  const after = before - total
  const [only] = rows.length === 1 ? rows : []
  const count = rows.filter((row) => row.amount).length
  return (
    <div className={`move-sum ${rows.length > 1 ? 'sticks' : ''}`} aria-live="polite">
      <Ledger
        lines={[
          { key: 'available', label: t(`funds.available_in.${from}`), amount: available },
          { key: 'total', label: only ? t('funds.amount.allocate') : t('funds.total_of.allocate', { count }), amount: fromMinor(total), isMinus: true },
        ]}
        sum={{ label: t('funds.available_after'), amount: fromMinor(after) }}
        note={only && only.amount ? t('funds.customer_after', { from: formatMoney(only.target.balance), to: formatMoney(fromMinor(toMinor(only.target.balance) + total)) }) : undefined}
      />
      {after < 0n && <p className="field-error">{t('funds.short', { short: formatMoney(fromMinor(-after)) })} <Link to={paths.funds()}>{t('funds.to_accounts')}</Link></p>}
      {isAboveMax(total) && <p className="field-error">{t('funds.total_max')}</p>}
    </div>
  )
}

function FrozenSome({ list }: { list: MoveRows }) {
  const { t } = useTranslation()
  const count = list.rows.filter((row) => row.target.isFrozen).length
  return count > 0 ? <Notice>{t('funds.frozen_some', { count })}</Notice> : null
}
