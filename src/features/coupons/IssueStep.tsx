import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import type { Quota } from '#contract/coupons.ts'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { paths } from '#src/paths.ts'
import { AdvancedScope } from './AdvancedScope.tsx'
import { ChosenCustomers } from './ChosenCustomers.tsx'
import { IssueFields } from './IssueFields.tsx'
import { IssueProblems } from './IssueProblems.tsx'
import { IssueSum } from './IssueSum.tsx'
import { KindChoice } from './KindChoice.tsx'
import { QuotaChoice } from './QuotaChoice.tsx'
import type { Chosen } from './use-chosen.ts'
import type { useIssue } from './use-issue.ts'
import type { IssueState } from './use-issue-form.ts'

type Props = {
  form: IssueState; chosen: readonly Chosen[]; issue: ReturnType<typeof useIssue>
  /** An attempt from before a reload goes on in this form. */
  isResumed: boolean
  kinds: readonly CouponKind[]; onKind: (kind: CouponKind) => void
  quotas: readonly Quota[]; /** The quota of the address cannot be issued from. */ isGone: boolean
  /** The person comes back from the choice of customers. */
  isBack: boolean
  onAdd: () => void; onSubmit: () => void
}

/** The form of an issue: from which quota, what each customer gets, who, and what that comes to. */
export function IssueStep({ form, chosen, issue, isResumed, kinds, onKind, quotas, isGone, isBack, onAdd, onSubmit }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (form.faults > 0) box.current?.querySelector<HTMLElement>('[aria-invalid], .chosen-head .button')?.focus()
  }, [form.faults])
  const isKnown = issue.outcome === 'known'
  const elsewhere = isResumed || issue.isBusy ? undefined : issue.unfinished?.body
  return (
    <>
      {isResumed && issue.isBusy && <Notice>{t('common.unfinished')}</Notice>}
      {elsewhere && <Notice tone="warning">{t('coupons.issuing.left_elsewhere')} <Link to={paths.issueCoupons({ kind: form.kind, quota: elsewhere.quotaId, ids: elsewhere.customerIds })} replace>{t('coupons.issuing.left_open')}</Link></Notice>}
      <form ref={box} id="issue-form" className="form issue-form" noValidate onSubmit={(event) => { event.preventDefault(); if (isKnown) onSubmit() }}>
        {/* While the result is not known, another request could do the thing twice. */}
        <fieldset className="form" disabled={!isKnown}>
          <KindChoice kinds={kinds} kind={form.kind} onChange={onKind} />
          <QuotaChoice quotas={quotas} form={form} isGone={isGone} />
          {form.quota && (
            <>
              <IssueFields form={form} quota={form.quota} />
              <ChosenCustomers form={form} chosen={chosen} isBack={isBack} onAdd={onAdd} />
              <AdvancedScope form={form} quota={form.quota} />
              <IssueSum form={form} quota={form.quota} />
            </>
          )}
        </fieldset>
        <OutcomeNotice outcome={issue.outcome} onAskAgain={issue.askAgain} />
        <IssueProblems error={issue.error} form={form} chosen={chosen} />
      </form>
    </>
  )
}
