import { useState } from 'react'
import { type Control, useController, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Business, certificateUploadPath, getBusiness, submitBusiness, TaxpayerStatus, Uploaded } from '#contract/business.ts'
import { getRequestable, listQuarters } from '#contract/incentive-payments.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { FileField } from '#src/components/FileField.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { useFile } from '#src/components/use-file.ts'
import { businessFields, type BusinessField, type BusinessValues, fieldOf, keptOf, problemKey, problemsOf, startOf, toInput } from './business-form.ts'

const endings = ['.png', '.jpg', '.jpeg', '.pdf']
type Submitted = NonNullable<Business['submitted']>

/** The three parts, handed in together: all of them the first time, afterwards what was changed. */
export function BusinessForm({ business, onClose }: { business: Business; onClose: () => void }) {
  const { t } = useTranslation()
  const { submitted, companyName } = business
  const isFirst = submitted === null
  const [start] = useState(() => startOf(business))
  const certificate = useFile({ path: certificateUploadPath, answer: Uploaded, endings })
  const { file } = certificate
  const known = { isFirst, companyName, hasFile: file.at === 'sent' || !isFirst, isSending: file.at === 'sending' }
  const form = useForm<BusinessValues>({ defaultValues: start, resolver: (values) => asErrors(values, known) })
  const values = { ...start, ...useWatch({ control: form.control }) }
  const [wasTried, setTried] = useState(false)
  const fileId = file.at === 'sent' ? file.answer.fileId : undefined
  const input = toInput(values, keptOf(business, start), { isFirst, fileId, hasFailed: business.state === 'FAILED' })
  const isChanged = businessFields.some((field) => values[field] !== start[field]) || file.at !== 'none'
  const submit = useSubmit(form, onClose)
  const fileProblem = wasTried ? problemsOf(values, known).file : undefined
  const send = form.handleSubmit(() => { if (input && problemsOf(values, known).file === undefined) submit.submit({ body: input }) })
  return (
    <ModalShell
      title={t(isFirst ? 'business.form.title' : 'business.form.change_title')} onClose={onClose} size="form" isLocked={submit.isBusy} isDirty={isChanged && !submit.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {submit.outcome === 'known' && <Button variant="primary" type="submit" form="business-form" isBusy={submit.isBusy} disabledReason={!isFirst && input === undefined && file.at !== 'sending' ? t('business.form.unchanged') : undefined}>{t(isFirst ? 'business.form.submit' : 'business.form.submit_change')}</Button>}
        </>
      )}
    >
      <form id="business-form" className="form business-form" noValidate onSubmit={(event) => { event.preventDefault(); setTried(true); if (submit.outcome === 'known') void send(event) }}>
        {business.state === 'CERTIFIED' && <Notice tone="warning">{t('business.form.stop')}</Notice>}
        <CompanyPart control={form.control} submitted={submitted} companyName={companyName} />
        <BankPart control={form.control} submitted={submitted} />
        <fieldset className="form business-part">
          <legend>{t('business.part.tax')}</legend>
          <StatusField control={form.control} />
          <Field control={form.control} name="rate" label={t('business.field.rate')} isRequired hint={t('business.form.rate_hint')}>{(field) => <TextInput {...field} inputMode="decimal" after={<span className="unit" aria-hidden="true">%</span>} />}</Field>
          <FileField
            label={t('business.field.certificate')} rules={t('business.form.certificate_rules')} file={file} endings={endings} onFile={certificate.send} onStop={certificate.stop}
            {...(submitted && { kept: t('business.form.certificate_kept', { name: submitted.tax.certificate.name }) })} error={fieldMessage(fileProblem, t('business.field.certificate'))}
          />
        </fieldset>
        <OutcomeNotice outcome={submit.outcome} onAskAgain={submit.askAgain} />
        <FormError error={submit.error} />
      </form>
    </ModalShell>
  )
}

type PartProps = { control: Control<BusinessValues>; submitted: Submitted | null }

function CompanyPart({ control, submitted, companyName }: PartProps & { companyName: string }) {
  const { t } = useTranslation()
  const keep = useKeep()
  return (
    <fieldset className="form business-part">
      <legend>{t('business.part.company')}</legend>
      <dl className="facts"><div><dt>{t('business.field.name')}</dt><dd>{companyName}</dd></div></dl>
      <p className="caption">{t('business.form.name_fixed')}</p>
      <Line control={control} name="creditCode" isRequired spellCheck={false} />
      <Line control={control} name="address" isRequired={submitted === null} hint={keep(submitted?.company.addressMasked)} />
      <Line control={control} name="contactName" isRequired={submitted === null} hint={keep(submitted?.company.contactNameMasked)} />
      <Line control={control} name="contactMobile" isRequired={submitted === null} hint={keep(submitted?.company.contactMobileMasked)} type="tel" inputMode="tel" />
    </fieldset>
  )
}

function BankPart({ control, submitted }: PartProps) {
  const { t } = useTranslation()
  const keep = useKeep()
  return (
    <fieldset className="form business-part">
      <legend>{t('business.part.bank')}</legend>
      <Line control={control} name="accountName" isRequired hint={t('business.form.account_hint')} />
      <Line control={control} name="number" isRequired={submitted === null} hint={keep(submitted?.bank.numberMasked) ?? t('business.form.number_hint')} inputMode="numeric" />
      <Line control={control} name="bankName" isRequired />
      <Line control={control} name="branch" isRequired />
    </fieldset>
  )
}

type LineProps = { control: Control<BusinessValues>; name: Exclude<BusinessField, 'status'>; isRequired: boolean; hint?: string | undefined; type?: 'tel'; inputMode?: 'tel' | 'numeric'; spellCheck?: boolean }

function Line({ control, name, isRequired, hint, ...rest }: LineProps) {
  const { t } = useTranslation()
  return <Field control={control} name={name} label={t(`business.field.${name}`)} isRequired={isRequired} hint={hint}>{(field) => <TextInput {...field} {...rest} maxLength={200} />}</Field>
}

function StatusField({ control }: { control: Control<BusinessValues> }) {
  const { t } = useTranslation()
  const { field, fieldState } = useController({ control, name: 'status' })
  const problem = fieldMessage(fieldState.error?.message, t('business.field.status'))
  return (
    <div>
      <RadioCards
        legend={t('business.field.status')} value={field.value === '' ? undefined : field.value} onChange={field.onChange}
        options={TaxpayerStatus.options.map((status) => ({ value: status, label: t(`business.taxpayer.${status}`) }))}
      />
      {problem !== undefined && <p className="field-error" role="alert">{problem}</p>}
    </div>
  )
}

/** @returns how an empty field of something masked says that it stays. */
function useKeep(): (masked: string | undefined) => string | undefined {
  const { t } = useTranslation()
  return (masked) => (masked === undefined ? undefined : t('business.form.keep', { value: masked }))
}

/** What react-hook-form wants to know of a form's faults. */
function asErrors(values: BusinessValues, known: Parameters<typeof problemsOf>[1]) {
  const { file: _file, ...problems } = problemsOf(values, known)
  const errors = Object.fromEntries(Object.entries(problems).map(([field, message]) => [field, { type: 'custom', message }]))
  return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} }
}

/** Hands it in. What the server finds wrong with a field is shown there, with everything kept. */
function useSubmit(form: { setError: (field: BusinessField, error: { message: string }) => void }, onDone: () => void) {
  const { t } = useTranslation()
  return useApiMutation(submitBusiness, {
    invalidates: [getBusiness, getRequestable, listQuarters],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('business.form.done'), text: t('business.form.done_text') })
      onDone()
      // The button that opened the form cannot be pressed while it is under review.
      setTimeout(() => document.querySelector<HTMLElement>('h1')?.focus())
    },
    onError: (error) => {
      for (const { path, code } of error instanceof ApiError ? (error.failure.fields ?? []) : []) {
        const field = fieldOf(path)
        if (field) form.setError(field, { message: problemKey(code) })
      }
    },
  })
}
