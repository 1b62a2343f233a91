import { Fragment, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Quota } from '#contract/coupons.ts'
import type { Answer } from '#contract/endpoint.ts'
import { fromMinor } from '#contract/money.ts'
import { issueQuotas } from '#contract/reseller-quotas.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { useResume } from '#src/api/use-resume.ts'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { GiveStep } from './GiveStep.tsx'
import { IssueQuotaResult } from './IssueQuotaResult.tsx'
import { wrongShares } from './quota-rules.ts'
import { ResellerPicker } from './ResellerPicker.tsx'
import { staleByQuota } from './stale.ts'
import { useGive } from './use-give.ts'

type Props = { quotas: readonly Quota[]; quotaId: string | undefined; close: () => void; opener: Element | null }
type Step = { at: 'form' } | { at: 'pick' } | { at: 'done'; issued: Answer<typeof issueQuotas> }

/** An issue of quota from its form to what was issued, in one dialog: the choice of resellers takes the place of the form and gives it back as it was. */
export function IssueQuotaForm({ quotas, quotaId, close, opener }: Props) {
  const { t } = useTranslation()
  const sent = useRef<readonly string[]>([])
  const [step, setStep] = useState<Step>({ at: 'form' })
  const issue = useApiMutation(issueQuotas, { invalidates: staleByQuota, onSuccess: (issued) => setStep({ at: 'done', issued }), onError: (error) => give.refuse(error, sent.current) })
  // An attempt from another quota is not this form's; its own form finds it.
  const left = issue.unfinished && (quotaId === undefined || issue.unfinished.body.quotaId === quotaId) ? issue.unfinished : undefined
  const give = useGive(quotas, quotaId, left?.body)
  const send = (input: NonNullable<typeof left>) => {
    sent.current = input.body.items.map(({ resellerId }) => resellerId)
    issue.submit(input)
  }
  useResume(send, left)
  const submit = () => {
    const body = give.body()
    if (body && issue.outcome === 'known') send({ body })
  }
  const title = { form: t('reseller_quotas.giving.title'), pick: t('reseller_quotas.picking.title'), done: t('reseller_quotas.giving.done') }[step.at]
  return (
    <ModalShell
      title={title} size="wide" onClose={close} opener={opener} isLocked={issue.isBusy && step.at !== 'done'} isDirty={give.isDirty && !issue.isBusy && step.at !== 'done'}
      footer={(leave) => {
        switch (step.at) {
          case 'done': return <Button variant="primary" onPress={leave}>{t('common.close')}</Button>
          // With a key of its own: else its button would become the form's and keep the focus.
          case 'pick': return <Fragment key="pick"><Button onPress={() => setStep({ at: 'form' })}>{t('reseller_quotas.picking.back')}</Button><Button variant="primary" type="submit" form="reseller-pick">{t('reseller_quotas.picking.done')}</Button></Fragment>
          case 'form': return (
            <>
              <Button onPress={leave}>{t('common.cancel')}</Button>
              {/* While a reseller has no amount yet, the sum is not what all of them would get. */}
              {issue.outcome === 'known' && <Button variant="primary" type="submit" form="issue-quota" isBusy={issue.isBusy}>{give.shares.length > 0 && wrongShares(give.shares).size === 0 ? t('reseller_quotas.giving.verb', { amount: formatMoney(fromMinor(give.total)), count: give.shares.length }) : t('reseller_quotas.giving.title')}</Button>}
            </>
          )
        }
      }}
    >
      {step.at === 'form' && <GiveStep give={give} issue={issue} quotas={quotas} isResumed={left !== undefined} isGone={quotaId !== undefined && !quotas.some(({ id }) => id === quotaId)} onAdd={() => setStep({ at: 'pick' })} onSubmit={submit} />}
      {step.at === 'pick' && <ResellerPicker start={give.shares.flatMap(({ id }) => give.resellers.get(id) ?? [])} onDone={(rows) => { give.choose(rows); setStep({ at: 'form' }) }} />}
      {step.at === 'done' && <IssueQuotaResult issued={step.issued} />}
    </ModalShell>
  )
}
