import { useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import type { CouponsIssued, Quota } from '#contract/coupons.ts'
import { fromMinor } from '#contract/money.ts'
import { useResume } from '#src/api/use-resume.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { CustomerPicker } from './CustomerPicker.tsx'
import { IssueResult } from './IssueResult.tsx'
import { IssueStep } from './IssueStep.tsx'
import { useChosen } from './use-chosen.ts'
import { type IssueInput, useIssue } from './use-issue.ts'
import { type IssueState, useIssueForm } from './use-issue-form.ts'

type Props = {
  kind: CouponKind; /** To choose among; one is no choice. */ kinds: readonly CouponKind[]; onKind: (kind: CouponKind) => void
  quotas: readonly Quota[]; quotaId: string | undefined; customerIds: readonly string[]
  close: () => void; opener: Element | null
}
type Step = { at: 'form'; /** From the choice of customers. */ isBack?: true } | { at: 'pick' } | { at: 'done'; issued: CouponsIssued }

/** An issue from its form to what was issued, in one dialog: the choice of customers takes the place of the form and gives it back as it was. */
export function IssueForm({ kind, kinds, onKind, quotas, quotaId, customerIds, close, opener }: Props) {
  const { t } = useTranslation()
  const sent = useRef<readonly string[]>([])
  const [step, setStep] = useState<Step>({ at: 'form' })
  const issue = useIssue(kind, { onDone: (issued) => setStep({ at: 'done', issued }), onRefused: (error) => form.refuse(error, sent.current) })
  // An attempt from another quota or for other customers is not this form's; its own form finds it.
  const left = issue.unfinished && isOfForm(issue.unfinished.body, quotaId, customerIds) ? issue.unfinished : undefined
  const form = useIssueForm(kind, quotas, { quotaId, customerIds, left: left?.body })
  const chosen = useChosen(form)
  const send = (input: IssueInput) => {
    sent.current = input.body.customerIds
    issue.submit(input)
  }
  useResume(send, left)
  const submit = () => {
    const body = form.check() ? form.body() : undefined
    if (body) send({ body })
  }
  const pick = (ids: readonly string[]) => {
    form.setCustomers(ids)
    setStep({ at: 'form', isBack: true })
  }
  const title = { form: t('coupons.issuing.title', { kind: t(`coupons.kind_in.${kind}`) }), pick: t('coupons.picking.title'), done: t('coupons.issuing.done') }[step.at]
  return (
    <ModalShell
      title={title} size="wide" onClose={close} opener={opener} isLocked={issue.isBusy && step.at !== 'done'} isDirty={form.isDirty && !issue.isBusy && step.at !== 'done'}
      footer={(leave) => <Footer key={step.at} step={step.at} form={form} isBusy={issue.isBusy} isKnown={issue.outcome === 'known'} leave={leave} onBack={() => setStep({ at: 'form', isBack: true })} />}
    >
      {step.at === 'form' && <IssueStep form={form} chosen={chosen} issue={issue} isResumed={left !== undefined} kinds={kinds} onKind={onKind} quotas={quotas} isBack={step.isBack === true} onAdd={() => setStep({ at: 'pick' })} onSubmit={submit} />}
      {step.at === 'pick' && form.quota && <CustomerPicker quotaId={form.quota.id} start={chosen.flatMap((one) => (one.row ? [one.row] : []))} onDone={pick} />}
      {step.at === 'done' && <IssueResult kind={kind} issued={step.issued} />}
    </ModalShell>
  )
}

type FooterProps = { step: Step['at']; form: IssueState; isBusy: boolean; isKnown: boolean; leave: () => void; onBack: () => void }

function Footer({ step, form, isBusy, isKnown, leave, onBack }: FooterProps) {
  const { t } = useTranslation()
  switch (step) {
    case 'done': return <Button variant="primary" onPress={leave}>{t('common.close')}</Button>
    case 'pick': return <><Button onPress={onBack}>{t('coupons.picking.back')}</Button><Button variant="primary" type="submit" form="pick-form">{t('coupons.picking.done')}</Button></>
    case 'form': return (
      <>
        <Button onPress={leave}>{t('common.cancel')}</Button>
        {isKnown && (
          <Button variant="primary" type="submit" form="issue-form" isBusy={isBusy}>
            {form.total > 0n ? t('coupons.issuing.verb', { amount: formatMoney(fromMinor(form.total)), count: form.customers.length }) : t('coupons.issuing.title', { kind: t(`coupons.kind_in.${form.kind}`) })}
          </Button>
        )}
      </>
    )
  }
}

/** @returns whether an attempt without a result belongs to the form that its address names. */
const isOfForm = (body: IssueInput['body'], quotaId: string | undefined, customerIds: readonly string[]): boolean =>
  (quotaId === undefined || body.quotaId === quotaId) && (customerIds.length === 0 || body.customerIds.every((id) => customerIds.includes(id)))
