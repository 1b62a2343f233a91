import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type QuarterRow, requestQuarter } from '#contract/incentive-payments.ts'
import { Amount } from '#contract/money.ts'
import { Button } from '#src/components/Button.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { useResume } from '#src/api/use-resume.ts'
import { formatMoney, formatMonth } from '#src/lib/format.ts'
import { OptionCards } from './OptionCards.tsx'
import { RequestProblems } from './RequestProblems.tsx'
import { type Option, partsOfQuarter } from './rules.ts'
import { useSend } from './use-send.ts'

/** The list and the total of a quarter before it is submitted. */
export function ReviewQuarter({ row, onReload, onClose }: { row: QuarterRow; onReload: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const act = useSend(requestQuarter, 'payments.quarters.done', onClose)
  const left = act.unfinished?.body.quarter === row.quarter ? act.unfinished : undefined
  useResume(act.submit, left)
  const [option, setOption] = useState<Option | undefined>(() => left?.body.option ?? (row.options.length === 1 ? row.options[0] : undefined))
  const [isTouched, setTouched] = useState(false)
  const submit = () => { if (option !== undefined) act.submit({ body: { quarter: row.quarter, option, total: Amount.parse(row.total) } }) }
  return (
    <ModalShell
      title={t('payments.quarters.review_title', { quarter: t('payments.quarters.quarter', partsOfQuarter(row.quarter)) })} size="wide" onClose={onClose} isLocked={act.isBusy} isDirty={isTouched && !act.isBusy && !act.isDone}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {act.outcome === 'known' && <Button variant="primary" type="submit" form="quarter-form" isBusy={act.isBusy} disabledReason={option === undefined ? t('payments.form.option_first') : undefined}>{t('payments.quarters.submit', { amount: formatMoney(row.total) })}</Button>}
        </>
      )}
    >
      <form id="quarter-form" className="form payment-form" onSubmit={(event) => { event.preventDefault(); if (act.outcome === 'known') submit() }}>
        <p className="second">{t('payments.quarters.review_text')}</p>
        <Ledger
          lines={row.items.map((item) => ({ key: item.id, label: <span className="stack"><span>{item.number}</span><span>{formatMonth(item.period)} · {item.programName}</span></span>, amount: item.amount }))}
          sum={{ label: t('payments.form.total'), amount: row.total }}
        />
        <fieldset className="form payment-form" disabled={act.outcome !== 'known'}>
          <OptionCards options={row.options} value={option} onChange={(next) => { setOption(next); setTouched(true) }} missing={() => []} />
        </fieldset>
        <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
        <RequestProblems error={act.error} items={row.items.map((item) => ({ ...item, block: null, requestNumber: null }))} sent={row.items.map(({ id }) => id)} onDrop={() => undefined} onReload={() => { act.reset(); onReload() }} />
      </form>
    </ModalShell>
  )
}
