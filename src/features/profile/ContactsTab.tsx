import './customer-settings.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getCustomerContacts, putCustomerContacts } from '#contract/company.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { checkWith } from '#src/components/check-with.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { showToast } from '#src/components/toast.ts'
import { ContactFields } from './ContactFields.tsx'
import { ContactPreview } from './ContactPreview.tsx'
import { type Contact, type Contacts, ContactsForm, isSameContacts, pathInForm } from './contacts.ts'
import { SaveRow } from './SaveRow.tsx'
import { StaleNotice } from './StaleNotice.tsx'
import { isStale, useStale } from './use-stale.ts'

/** The people whom customers may reach, in their order, and how customers see them. */
export function ContactsTab() {
  const { data, error, refetch } = useQuery(query(getCustomerContacts, {}))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />
  return <Form first={data} />
}

function Form({ first }: { first: Contacts }) {
  const { t } = useTranslation()
  const { form, saved, save, stale, isDirty, drafts, takeTheirs, saveMine } = useContacts(first)
  const submit = form.handleSubmit(({ items }) => { if (isDirty) save.submit({ body: { items, version: saved.version } }) })
  const isAtField = form.formState.errors.items !== undefined
  return (
    <Section title={t('customer_settings.contacts.title')} note={t('customer_settings.contacts.count', { count: drafts.length, max: saved.max })}>
      <p className="caption contacts-explain">{t('customer_settings.contacts.explain', { max: saved.max })}</p>
      <div className="contacts">
        <form noValidate onSubmit={(event) => void submit(event)}>
          <ContactFields control={form.control} drafts={drafts} max={saved.max} />
          {stale.theirs ? <StaleNotice onTheirs={takeTheirs} onMine={() => void saveMine()}><Theirs theirs={stale.theirs} /></StaleNotice>
            : !isAtField && <FormError error={isStale(save.error) && stale.isReading ? undefined : save.error} />}
          {!stale.theirs && <SaveRow words={t('customer_settings.contacts.save')} isDirty={isDirty} isBusy={save.isBusy} onUndo={() => { save.reset(); form.reset({ items: saved.items }) }} />}
        </form>
        <ContactPreview contacts={drafts} isSaved={!isDirty} />
      </div>
    </Section>
  )
}

function Theirs({ theirs: { items } }: { theirs: Contacts }) {
  const { t } = useTranslation()
  return <span>{items.length === 0 ? t('customer_settings.contacts.theirs_none') : t('customer_settings.contacts.theirs', { names: items.map(({ name }) => name).join(t('common.list_separator')) })}</span>
}

/** The form over the reading it began from. */
function useContacts(first: Contacts) {
  const { t } = useTranslation()
  const [saved, setSaved] = useState(first)
  const form = useForm({ resolver: checkWith(ContactsForm), defaultValues: { items: first.items } })
  const stale = useStale(getCustomerContacts, {})
  const drafts: Contact[] = useWatch({ control: form.control, name: 'items' })
  const take = (next: Contacts) => {
    setSaved(next)
    form.reset({ items: next.items })
    stale.clear()
  }
  const save = useApiMutation(putCustomerContacts, {
    invalidates: [getCustomerContacts],
    onSuccess: (answer) => {
      take(answer)
      showToast({ tone: 'success', title: t('customer_settings.contacts.saved'), text: t('customer_settings.contacts.saved_text') })
    },
    onError: (error) => {
      stale.notice(error)
      const wrong = (error instanceof ApiError ? (error.failure.fields ?? []) : []).flatMap(({ path, code }) => { const at = pathInForm(path); return at ? [{ at, code }] : [] })
      for (const [place, { at, code }] of wrong.entries()) form.setError(at, { message: code }, { shouldFocus: place === 0 })
    },
  })
  const takeTheirs = () => { if (stale.theirs) take(stale.theirs) }
  const saveMine = form.handleSubmit(({ items }) => {
    if (!stale.theirs) return
    setSaved(stale.theirs)
    stale.clear()
    save.submit({ body: { items, version: stale.theirs.version } })
  })
  return { form, saved, save, stale, isDirty: !isSameContacts(drafts, saved.items), drafts, takeTheirs, saveMine }
}
