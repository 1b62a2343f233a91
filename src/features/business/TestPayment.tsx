import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Business, confirmTestPayment, getBusiness } from '#contract/business.ts'
import { getRequestable, listQuarters } from '#contract/incentive-payments.ts'
import { parseAmount } from '#contract/money.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { AmountInput } from '#src/components/AmountInput.tsx'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { Section } from '#src/components/Section.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatMoney, formatTime } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** The small amount that arrived, typed by the person; each wrong one costs an attempt. */
export function TestPayment({ test }: { test: NonNullable<Business['test']> }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const mayRequest = useCan('incentive.request')
  const confirm = useApiMutation(confirmTestPayment, {
    invalidates: [getRequestable, listQuarters],
    onSuccess: ({ outcome, attemptsLeft, business }) => {
      client.setQueryData([getBusiness.path, {}], business)
      if (outcome === 'certified') showToast({ tone: 'success', title: t('business.test.certified'), text: t('business.test.certified_text'), ...(mayRequest && { link: { to: paths.incentivePayments({ do: 'request' }), label: t('business.test.to_payments') } }) })
      if (outcome === 'locked') showToast({ tone: 'danger', title: t('business.test.locked') })
      if (outcome !== 'wrong') return void setTimeout(() => document.querySelector<HTMLElement>('h1')?.focus())
      setProblem(t('business.test.wrong', { left: attemptsLeft, max: test.attemptsMax }))
      field.current?.select()
    },
  })
  const amount = parseAmount(text)
  const submit = () => {
    if (amount && amount !== '0.00') return confirm.submit({ body: { amount } })
    setProblem(fieldMessage('amount', t('business.test.amount')))
    field.current?.focus()
  }
  return (
    <Section title={t('business.test.title')} note={t('business.test.sent', { time: formatTime(test.sentAt) })}>
      <form className="form" noValidate onSubmit={(event) => { event.preventDefault(); if (confirm.outcome === 'known') submit() }}>
        <Labelled label={t('business.test.amount')} isRequired hint={t('business.test.left', { left: test.attemptsLeft, max: test.attemptsMax })} error={problem}>
          {(wiring) => <AmountInput {...wiring} ref={field} value={text} onChange={(next) => { setText(next); setProblem(undefined) }} />}
        </Labelled>
        <OutcomeNotice outcome={confirm.outcome} onAskAgain={confirm.askAgain} />
        <FormError error={confirm.error} />
        {confirm.outcome === 'known' && <div><Button variant="primary" type="submit" isBusy={confirm.isBusy}>{amount && amount !== '0.00' ? t('business.test.submit', { amount: formatMoney(amount) }) : t('business.test.submit_bare')}</Button></div>}
      </form>
    </Section>
  )
}
