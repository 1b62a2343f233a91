import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { fromMinor } from '#contract/money.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { MoveProblems } from './MoveProblems.tsx'
import type { Move } from './rules.ts'
import type { MoveRows } from './use-move-rows.ts'

type Props = {
  kind: Move
  move: { isBusy: boolean; isDone: boolean; error: Error | undefined; outcome: 'known' | 'checking' | 'lost'; askAgain: () => void }
  list: MoveRows
  close: () => void
  opener: Element | null
  /** An attempt from before a reload goes on. */
  isResuming: boolean
  /** Customers of an attempt without a result that belongs to another form. */
  elsewhere: readonly string[]
  onSubmit: () => void
  children: ReactNode
}

/** The frame of the allocate and the reclaim form: fields, what is wrong, the buttons, and what is said while the result is not known. */
export function MoveForm({ kind, move, list, close, isResuming, elsewhere, onSubmit, opener, children }: Props) {
  const { t } = useTranslation()
  const isBatch = list.rows.length > 1
  const isKnown = move.outcome === 'known'
  const isBlocked = list.rows.every((row) => row.block)
  return (
    <ModalShell
      title={t(isBatch ? `funds.title_batch.${kind}` : `funds.title_of.${kind}`, { count: list.rows.length })} size={isBatch ? 'wide' : 'form'}
      onClose={close} opener={opener} isLocked={move.isBusy} isDirty={list.isDirty && !move.isBusy && !move.isDone}
      footer={(leave) => (
        <>
          <Button onPress={leave}>{t('common.cancel')}</Button>
          {isKnown && !isBlocked && <Button variant="primary" type="submit" form="move-form" isBusy={move.isBusy}><Verb kind={kind} list={list} /></Button>}
        </>
      )}
    >
      {isResuming && <Notice>{t('common.unfinished')}</Notice>}
      {elsewhere.length > 0 && (
        <Notice tone="warning">{t('funds.left_elsewhere', { count: elsewhere.length })} <Link to={paths[kind]({ ids: elsewhere })} replace>{t('funds.left_open')}</Link></Notice>
      )}
      <form id="move-form" className={`form move-form ${isBatch ? 'batch' : ''}`} noValidate onSubmit={(event) => { event.preventDefault(); if (isKnown) onSubmit() }}>
        {/* While the result is not known, another request could do the thing twice. */}
        <fieldset className="form" disabled={!isKnown}>{children}</fieldset>
        <OutcomeNotice outcome={move.outcome} onAskAgain={move.askAgain} />
        <MoveProblems error={move.error} list={list} isBatch={isBatch} />
      </form>
    </ModalShell>
  )
}

/** Verb, amount and customers: what the press leads to. */
function Verb({ kind, list: { rows, total } }: { kind: Move; list: MoveRows }) {
  const { t } = useTranslation()
  const payee = rows.length === 1 ? rows[0]?.target.nameMasked : undefined
  const amount = formatMoney(fromMinor(total))
  if (payee !== undefined) return total > 0n ? t(`funds.verb.${kind}`, { amount, payee }) : t(`funds.verb_bare.${kind}`, { payee })
  // While a row has no amount yet, the sum is not what all of them would get.
  return rows.every((row) => row.amount) ? t(`funds.verb_batch.${kind}`, { amount, count: rows.length }) : t(`funds.verb_batch_bare.${kind}`, { count: rows.length })
}
