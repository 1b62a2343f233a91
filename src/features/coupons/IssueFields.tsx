import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Quota, remarkMax } from '#contract/coupons.ts'
import { AmountInput } from '#src/components/AmountInput.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { lastDay } from '#src/coupons/last-day.ts'
import { today } from '#src/lib/format.ts'
import type { IssueState } from './use-issue-form.ts'

/** What each customer gets, and what the issuer notes about it. */
export function IssueFields({ form: { kind, values, errors, set }, quota }: { form: IssueState; quota: Quota }) {
  const { t } = useTranslation()
  const end = lastDay(quota.validTo)
  return (
    <>
      <div className="issue-fields">
        <Labelled label={t('coupons.issuing.face_value')} isRequired hint={t('coupons.issuing.face_hint')} error={fieldMessage(errors.faceValue, t('coupons.issuing.face_value'))}>
          {(wiring) => <AmountInput {...wiring} value={values.faceValue} onChange={(text) => set('faceValue', text)} />}
        </Labelled>
        <Labelled label={t('coupons.issuing.min_order')} isRequired hint={t('coupons.issuing.min_hint')} error={fieldMessage(errors.minOrder, t('coupons.issuing.min_order'))}>
          {(wiring) => <AmountInput {...wiring} value={values.minOrder} onChange={(text) => set('minOrder', text)} />}
        </Labelled>
        <Labelled label={t('coupons.issuing.until')} isRequired hint={t('coupons.issuing.until_hint', { day: end })} error={fieldMessage(errors.validUntil, t('coupons.issuing.until'))}>
          {(wiring) => <TextInput {...wiring} type="date" min={today()} max={end} value={values.validUntil} onChange={(day) => set('validUntil', day)} />}
        </Labelled>
        {kind === 'DELIVERY' && (
          <Labelled label={t('coupons.issuing.share')} isRequired hint={t('coupons.issuing.share_hint')} error={fieldMessage(errors.maxShare, t('coupons.issuing.share'))}>
            {(wiring) => <TextInput {...wiring} className="amount" inputMode="numeric" value={values.maxShare} onChange={(text) => set('maxShare', text)} after={<span className="unit" aria-hidden="true">%</span>} />}
          </Labelled>
        )}
      </div>
      <Labelled label={t('coupons.issuing.remark')} hint={t('coupons.issuing.remark_hint')} error={fieldMessage(errors.remark, t('coupons.issuing.remark'))} aside={<span className="caption">{[...values.remark].length}/{remarkMax}</span>}>
        {(wiring) => <TextInput {...wiring} value={values.remark} maxLength={remarkMax} onChange={(text) => set('remark', text)} />}
      </Labelled>
    </>
  )
}
