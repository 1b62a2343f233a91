import { useEffect, useRef, useState } from 'react'
import { type UseFormReturn, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { CompanyData, getCompany, LicenceRead, licenceUploadPath, queryCompanyChanges, submitCompanyChange } from '#contract/company.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { checkWith } from '#src/components/check-with.ts'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { useFile } from '#src/components/use-file.ts'
import { ChangeLines } from './ChangeLines.tsx'
import { changedLines, companyKeys, type CompanyKey, fillFrom, licenceEndings, type Read, whyNotReady } from './company-form.ts'
import type { Company } from './CompanyTab.tsx'
import { LicenceField } from './LicenceField.tsx'

type Form = UseFormReturn<CompanyData>
type Props = { company: Company; /** What the fields begin with: the present data, or those of a rejected change. */ start: CompanyData; onClose: () => void }

/** A change of the company: licence and fields first, then what it comes to, and only then it is handed in. */
export function EditCompany({ company, start, onClose }: Props) {
  const { t } = useTranslation()
  const [isChecking, setChecking] = useState(false)
  const form = useForm({ resolver: checkWith(CompanyData), defaultValues: start })
  const { file: licence, send, stop } = useFile({
    path: licenceUploadPath, answer: LicenceRead, endings: licenceEndings,
    onSent: ({ read }) => {
      for (const { key, value } of fillFrom(read, (field) => form.getFieldState(field).isDirty).fill) form.setValue(key, value, { shouldValidate: true })
    },
  })
  const values = { ...start, ...useWatch({ control: form.control }) }
  const lines = changedLines(company.data, values)
  const { submit, back } = useSubmit({ form, onDone: onClose, onBack: () => setChecking(false) })
  const why = whyNotReady({ lines, ownCode: company.creditCode, licence })
  const reason = why && (why === 'other_code' ? t('company.form.other_code', { code: licence.at === 'sent' ? (licence.answer.read.creditCode ?? '') : '', own: company.creditCode }) : t(`company.form.${why}`))
  const check = form.handleSubmit(() => { if (why === undefined) setChecking(true) })
  const hand = form.handleSubmit((data) => submit.submit({ body: { data, ...(licence.at === 'sent' && { fileId: licence.answer.fileId }) } }))
  return (
    <ModalShell
      title={t('company.form.title')} onClose={onClose} isLocked={submit.isBusy} isDirty={(lines.length > 0 || licence.at !== 'none') && !submit.isBusy}
      footer={(close) => isChecking
        ? <><Button onPress={back}>{t('company.form.back')}</Button>{submit.outcome === 'known' && <Button variant="primary" ref={takeFocus} isBusy={submit.isBusy} onPress={() => void hand()}>{t('company.form.submit')}</Button>}</>
        : <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="edit-company" disabledReason={reason}>{t('company.form.check')}</Button></>}
    >
      {isChecking ? (
        <div className="company-form">
          <p className="strong">{t('company.form.summary', { count: lines.length + (licence.at === 'sent' ? 1 : 0) })}</p>
          <ChangeLines lines={lines} hasLicence={licence.at === 'sent'} label={t('company.comparison')} />
          {lines.some(({ key }) => key === 'name') && <Notice tone="warning">{t('company.form.rename_again')}</Notice>}
          <p className="caption">{t('company.form.summary_note')}</p>
          <OutcomeNotice outcome={submit.outcome} onAskAgain={submit.askAgain} />
          <FormError error={submit.error} />
        </div>
      ) : (
        <form id="edit-company" className="company-form form" noValidate onSubmit={(event) => { event.preventDefault(); if (why === undefined) void check(event) }}>
          <Notice tone="warning">{t('company.form.rename')}</Notice>
          <LicenceField licence={licence} ownCode={company.creditCode} onFile={send} onStop={stop} />
          <Fields form={form} values={values} read={licence.at === 'sent' ? licence.answer.read : undefined} />
          <FormError error={submit.error} />
        </form>
      )}
    </ModalShell>
  )
}

/** What was read from a licence is said at the field it filled. */
function Fields({ form, values, read }: { form: Form; values: CompanyData; read: Read | undefined }) {
  const { t } = useTranslation()
  const aside = (key: CompanyKey) => {
    const onLicence = key === 'name' || key === 'address' || key === 'representative' ? read?.[key] : undefined
    return onLicence && values[key] === onLicence ? <span className="caption">{t('company.form.from_licence')}</span> : undefined
  }
  return (
    <>
      {companyKeys.map((key) => (
        <Field
          key={key} control={form.control} name={key} label={t(`company.field.${key}`)} isRequired={key === 'name' || key === 'address' || key === 'representative'} aside={aside(key)}
          hint={key === 'industry' || key === 'phone' || key === 'website' ? t(`company.form.${key}_hint`) : undefined}
        >
          {(input) => <TextInput {...input} maxLength={200} {...(key === 'phone' && { type: 'tel', inputMode: 'tel' })} {...(key === 'website' && { type: 'url', inputMode: 'url', spellCheck: false })} />}
        </Field>
      ))}
    </>
  )
}

/** Hands the change in. What the server finds wrong with a field is shown there, with everything kept. */
function useSubmit({ form, onDone, onBack }: { form: Form; onDone: () => void; onBack: () => void }) {
  const { t } = useTranslation()
  const submit = useApiMutation(submitCompanyChange, {
    invalidates: [getCompany, queryCompanyChanges],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('company.submitted'), text: t('company.submitted_text') })
      onDone()
      // The button that opened the form is gone while the change waits.
      setTimeout(() => document.querySelector<HTMLElement>('h1')?.focus())
    },
    onError: (error) => {
      const fields = error instanceof ApiError ? (error.failure.fields ?? []) : []
      for (const { path, code } of fields) {
        const key = companyKeys.find((one) => one === path.split('.').at(-1)) ?? (path === 'fileId' ? 'name' : undefined)
        if (key) form.setError(key, { message: fieldMessage(code, '') === undefined ? '' : code })
      }
      if (fields.length > 0) onBack()
    },
  })
  // A reload before the answer: the same attempt is asked for again.
  const isResumed = useRef(false)
  useEffect(() => {
    if (isResumed.current || !submit.unfinished) return
    isResumed.current = true
    submit.submit(submit.unfinished)
  }, [submit])
  const back = () => {
    submit.reset()
    onBack()
  }
  return { submit, back }
}

/** The pressed button left with its step. */
const takeFocus = (button: HTMLButtonElement | null): void => { if (button && (document.activeElement === document.body || document.activeElement === null)) button.focus() }
