import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Input } from '#contract/endpoint.ts'
import { createPayment, type PaymentDetail, requestMax, resendPayment } from '#contract/incentive-payments.ts'
import { amountFromMinor } from '#contract/money.ts'
import { Button } from '#src/components/Button.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { useResume } from '#src/api/use-resume.ts'
import { formatMoney } from '#src/lib/format.ts'
import { OptionCards } from './OptionCards.tsx'
import { Blocks } from './PayablePanel.tsx'
import { BlockedStatements, PickStatements } from './PickStatements.tsx'
import { RequestProblems } from './RequestProblems.tsx'
import { figureOf, notOfferedBy, type Option, type Requestable, totalOf, whyNotReady } from './rules.ts'
import { useSend } from './use-send.ts'

type Props = { requestable: Requestable; edited: PaymentDetail | undefined; /** Ids that are ticked beforehand. */ start: readonly string[]; opener: Element | null; onReload: () => void; onClose: () => void }

/** Which statements are paid out, and how. */
export function RequestForm({ requestable: { items, blocks, options }, edited, start, opener, onReload, onClose }: Props) {
  const { t } = useTranslation()
  const { act, send, sent } = useRequest(edited, onClose)
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(sent?.statementIds ?? start))
  const [option, setOption] = useState<Option | undefined>(() => sent?.option ?? edited?.option ?? (options.filter((one) => one.isOffered).length === 1 ? options.find((one) => one.isOffered)?.option : undefined))
  const [isTouched, setTouched] = useState(false)
  const ids = items.filter((item) => picked.has(item.id)).map(({ id }) => id)
  const { positive, negative, total } = totalOf(items, picked)
  const why = whyNotReady({ picked: ids.length, total, option, isOffered: option !== undefined && notOfferedBy(items, picked, option).length === 0, max: requestMax })
  const pick = (next: ReadonlySet<string>) => { setPicked(next); setTouched(true) }
  const isKnown = act.outcome === 'known'
  const submit = () => {
    if (why === undefined && option !== undefined) send({ statementIds: ids, option, total: amountFromMinor(total) })
  }
  const verb = total > 0n ? t(edited ? 'payments.form.resend' : 'payments.form.submit', { amount: formatMoney(figureOf(total)) }) : t('payments.form.submit_bare')
  const isEmpty = items.length === 0
  return (
    <ModalShell
      title={edited ? t('payments.form.edit_title', { number: edited.number }) : t('payments.form.title')} size="wide" opener={opener} onClose={onClose} isLocked={act.isBusy} isDirty={isTouched && !act.isBusy && !act.isDone}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {isKnown && !isEmpty && blocks.length === 0 && <Button variant="primary" type="submit" form="payment-form" isBusy={act.isBusy} disabledReason={why && t(`payments.form.${why}`)}>{verb}</Button>}
        </>
      )}
    >
      {isEmpty ? <EmptyState kind="nothing" title={t('payments.form.none_title')} text={t('payments.form.none_text')} /> : (
        <form id="payment-form" className="form payment-form" noValidate onSubmit={(event) => { event.preventDefault(); if (isKnown) submit() }}>
          {edited?.reason && <Notice tone="danger">{t('payments.form.rejected', { reason: edited.reason })}</Notice>}
          {blocks.length > 0 && <Blocks blocks={blocks} />}
          {/* While the result is not known, another request could do the thing twice. */}
          <fieldset className="form payment-form" disabled={!isKnown || blocks.length > 0}>
            <PickStatements items={items} picked={picked} onPick={pick} />
            <BlockedStatements items={items} />
            <OptionCards options={options.map((one) => one.option)} value={option} onChange={(next) => { setOption(next); setTouched(true) }} missing={(one) => (ids.length === 0 ? [] : notOfferedBy(items, picked, one))} />
          </fieldset>
          <div aria-live="polite">
            <Ledger
              lines={[{ key: 'positive', label: t('payments.form.positive'), amount: figureOf(positive) }, ...(negative === 0n ? [] : [{ key: 'negative', label: t('payments.form.set_off'), amount: figureOf(-negative), isMinus: true }])]}
              sum={{ label: t('payments.form.total'), amount: figureOf(total) }}
            />
            {why !== undefined && <p className={why === 'not_positive' ? 'field-error' : 'field-hint'}>{t(`payments.form.${why}`, { max: requestMax })}</p>}
          </div>
          <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
          <RequestProblems error={act.error} items={items} sent={sent?.statementIds ?? []} onDrop={(dropped) => { act.reset(); pick(new Set([...picked].filter((id) => !dropped.includes(id)))) }} onReload={() => { act.reset(); onReload() }} />
        </form>
      )}
    </ModalShell>
  )
}

type Body = Input<typeof createPayment>['body']

/** A new request, or a rejected one that is sent again; an attempt from before a reload goes on. */
function useRequest(edited: PaymentDetail | undefined, onClose: () => void) {
  const create = useSend(createPayment, 'payments.form.done', onClose)
  const resend = useSend(resendPayment, 'payments.form.resent', onClose)
  const left = edited ? (resend.unfinished?.params.id === edited.id ? resend.unfinished.body : undefined) : create.unfinished?.body
  const [sent, setSent] = useState<Body | undefined>(left)
  const send = (body: Body) => {
    setSent(body)
    if (edited) resend.submit({ params: { id: edited.id }, body })
    else create.submit({ body })
  }
  useResume(send, left)
  return { act: edited ? resend : create, send, sent }
}
