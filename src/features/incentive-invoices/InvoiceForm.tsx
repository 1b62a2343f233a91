import { useState } from 'react'
import { type Control, useController, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Uploaded } from '#contract/business.ts'
import { getInvoice, getInvoiceList, InvoiceKind, type InvoiceRow, invoiceUploadPath, queryInvoices, submitInvoice } from '#contract/incentive-invoices.ts'
import { getPayment, queryPayments } from '#contract/incentive-payments.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { AmountInput } from '#src/components/AmountInput.tsx'
import { Button } from '#src/components/Button.tsx'
import { Field } from '#src/components/Field.tsx'
import { FileField } from '#src/components/FileField.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { Icon } from '#src/components/Icon.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { Periods } from '#src/components/Periods.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { useFile } from '#src/components/use-file.ts'
import { useResume } from '#src/api/use-resume.ts'
import { formatMoney, today } from '#src/lib/format.ts'
import { AmountToInvoice } from './AmountToInvoice.tsx'
import { compareTotal, type InvoiceField, invoiceFields, type InvoiceValues, problemsOf, startOf, toInput, whyNotAllowed } from './invoice-form.ts'

const endings = ['.pdf', '.ofd']

/** The invoice of a request, checked beside its fields while it is typed. */
export function InvoiceForm({ row, opener, onClose }: { row: InvoiceRow; opener: Element | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { toInvoice, invoice } = row
  const [start] = useState(() => startOf(row))
  const upload = useFile({ path: invoiceUploadPath, answer: Uploaded, endings })
  const { file } = upload
  const known = { toInvoice, today: today(), hasFile: file.at === 'sent' || (invoice?.file ?? null) !== null, isSending: file.at === 'sending' }
  const form = useForm<InvoiceValues>({ defaultValues: start, resolver: (values) => asErrors(values, known) })
  const values = { ...start, ...useWatch({ control: form.control }) }
  const [wasTried, setTried] = useState(false)
  const submit = useSubmit(row, form, onClose)
  const isPaper = values.kind === 'SPECIAL'
  const isDirty = file.at !== 'none' || invoiceFields.some((field) => values[field] !== start[field])
  const send = form.handleSubmit(() => {
    const input = toInput(values, toInvoice, file.at === 'sent' ? file.answer.fileId : undefined)
    if (input && problemsOf(values, known).file === undefined) submit.submit({ params: { id: row.id }, body: input })
  })
  return (
    <ModalShell
      title={t(row.may.correct ? 'incentive_invoices.form.correct_title' : 'incentive_invoices.form.title')} opener={opener} onClose={onClose} isLocked={submit.isBusy} isDirty={isDirty && !submit.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {submit.outcome === 'known' && <Button variant="primary" type="submit" form="invoice-form" isBusy={submit.isBusy}>{t('incentive_invoices.form.submit', { amount: formatMoney(toInvoice) })}</Button>}
        </>
      )}
    >
      <form id="invoice-form" className="form invoice-form" noValidate onSubmit={(event) => { event.preventDefault(); setTried(true); if (submit.outcome === 'known') void send(event) }}>
        <p className="caption">{t('incentive_invoices.field.request')} {row.requestNumber} · <Periods from={row.periodFrom} to={row.periodTo} /></p>
        {row.reason !== null && <Notice tone="danger">{t('incentive_invoices.form.rejected', { reason: row.reason })}</Notice>}
        <AmountToInvoice toInvoice={toInvoice} notice={row.notice} derivation={row.derivation} />
        <KindField control={form.control} row={row} />
        <Line control={form.control} name="number" hint={t('incentive_invoices.form.number_hint')} isNumeric />
        {isPaper && <Line control={form.control} name="code" hint={t('incentive_invoices.form.code_hint')} isNumeric />}
        <Field control={form.control} name="date" label={t('incentive_invoices.field.date')} isRequired>{(field) => <TextInput {...field} type="date" max={today()} />}</Field>
        <Field control={form.control} name="net" label={t('incentive_invoices.field.net')} isRequired hint={t('incentive_invoices.form.net_hint')}>{(field) => <AmountInput {...field} />}</Field>
        <Field control={form.control} name="tax" label={t('incentive_invoices.field.tax')} isRequired hint={t('incentive_invoices.form.tax_hint')}>{(field) => <AmountInput {...field} />}</Field>
        <Total values={values} row={row} />
        {isPaper && <Line control={form.control} name="carrier" />}
        {isPaper && <Line control={form.control} name="trackingNumber" hint={t('incentive_invoices.form.mail')} />}
        {values.kind === 'ELECTRONIC_SPECIAL' && (
          <FileField
            label={t('incentive_invoices.form.file')} rules={t('incentive_invoices.form.file_rules')} file={file} endings={endings} onFile={upload.send} onStop={upload.stop}
            {...(invoice?.file && { kept: t('incentive_invoices.form.file_kept', { name: invoice.file.name }) })} error={wasTried ? fieldMessage(problemsOf(values, known).file, t('incentive_invoices.form.file')) : undefined}
          />
        )}
        <OutcomeNotice outcome={submit.outcome} onAskAgain={submit.askAgain} />
        <FormError error={submit.error} />
      </form>
    </ModalShell>
  )
}

function Line({ control, name, hint, isNumeric = false }: { control: Control<InvoiceValues>; name: 'number' | 'code' | 'carrier' | 'trackingNumber'; hint?: string; isNumeric?: boolean }) {
  const { t } = useTranslation()
  const label = t(`incentive_invoices.field.${name === 'trackingNumber' ? 'tracking' : name}`)
  return <Field control={control} name={name} label={label} isRequired hint={hint}>{(field) => <TextInput {...field} maxLength={64} spellCheck={false} {...(isNumeric && { inputMode: 'numeric' })} />}</Field>
}

/** All kinds, so that those that are not taken say why. */
function KindField({ control, row }: { control: Control<InvoiceValues>; row: InvoiceRow }) {
  const { t } = useTranslation()
  const { field, fieldState } = useController({ control, name: 'kind' })
  const problem = fieldMessage(fieldState.error?.message, t('incentive_invoices.form.kind'))
  return (
    <div className="invoice-kinds">
      <RadioCards
        legend={t('incentive_invoices.form.kind')} value={field.value === '' ? undefined : field.value} onChange={field.onChange}
        options={InvoiceKind.options.map((kind) => {
          const why = whyNotAllowed(kind, row.allowedKinds)
          return { value: kind, label: t(`incentive_invoices.kind.${kind}`), disabledReason: why && t(`incentive_invoices.${why}`), note: kind === 'ORDINARY' ? undefined : t(`incentive_invoices.kind_note.${kind}`) }
        })}
      />
      {problem !== undefined && <p className="field-error" role="alert">{problem}</p>}
    </div>
  )
}

/** Net and tax, compared with the one amount that is taken. */
function Total({ values, row }: { values: InvoiceValues; row: InvoiceRow }) {
  const { t } = useTranslation()
  const compared = compareTotal(values, row.toInvoice)
  return (
    <div className={`invoice-total ${compared?.is ?? ''}`} role="status">
      <span className="label">{t('incentive_invoices.form.total')}</span>
      {compared ? <span className="money strong">{formatMoney(compared.total)}</span> : <span className="quiet">–</span>}
      <span className="invoice-compared">
        {compared && <Icon name={compared.is === 'equal' ? 'success' : 'danger'} />}
        {compared ? compared.is === 'equal' ? t('incentive_invoices.form.matches') : t(`incentive_invoices.form.${compared.is}`, { difference: formatMoney(compared.difference) }) : t('incentive_invoices.form.total_open')}
      </span>
    </div>
  )
}

/** What react-hook-form wants to know of a form's faults. */
function asErrors(values: InvoiceValues, known: Parameters<typeof problemsOf>[1]) {
  const { file: _file, ...problems } = problemsOf(values, known)
  const errors = Object.fromEntries(Object.entries(problems).map(([field, message]) => [field, { type: 'custom', message }]))
  return Object.keys(errors).length > 0 ? { values: {}, errors } : { values, errors: {} }
}

/** Hands the invoice in. What the server finds wrong with a field is shown there, with everything kept. */
function useSubmit(row: InvoiceRow, form: { setError: (field: InvoiceField, error: { message: string }) => void }, onDone: () => void) {
  const { t } = useTranslation()
  const submit = useApiMutation(submitInvoice, {
    invalidates: [queryInvoices, getInvoice, getInvoiceList, queryPayments, getPayment],
    onSuccess: (done) => {
      showToast({ tone: 'success', title: t('incentive_invoices.form.done'), text: t('incentive_invoices.form.done_text', { number: done.requestNumber, invoice: done.invoice?.number ?? '' }) })
      onDone()
    },
    onError: (error) => {
      for (const { path, code } of error instanceof ApiError ? (error.failure.fields ?? []) : []) {
        const field = invoiceFields.find((one) => one === path)
        if (field) form.setError(field, { message: code })
      }
    },
  })
  useResume(submit.submit, submit.unfinished?.params.id === row.id ? submit.unfinished : undefined)
  return submit
}
