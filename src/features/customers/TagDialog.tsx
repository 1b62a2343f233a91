import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { type CustomerRow, getCustomer, getCustomerChoices, putCustomerTag, queryCustomers } from '#contract/customers.ts'
import { queryLog } from '#contract/operation-log.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'

type Props = { customer: Pick<CustomerRow, 'id' | 'nameMasked' | 'tag'>; suggestions: readonly string[]; onClose: () => void }

/** Changes a customer's one tag; an empty field takes it away. */
export function TagDialog({ customer, suggestions, onClose }: Props) {
  const { t } = useTranslation()
  const [tag, setTag] = useState(customer.tag)
  const field = useRef<HTMLInputElement>(null)
  const save = useApiMutation(putCustomerTag, {
    invalidates: [queryCustomers, getCustomer, getCustomerChoices, queryLog],
    onSuccess: (answer) => {
      showToast({ tone: 'success', title: answer.tag === '' ? t('customer_page.tag_removed') : t('customer_page.tag_saved'), isBrief: true })
      onClose()
    },
  })
  const atField = save.error instanceof ApiError && save.error.failure.fields?.some(({ path }) => path.endsWith('tag'))
  useEffect(() => {
    if (atField) field.current?.focus()
  }, [atField, save.error])
  const isTooLong = [...tag.trim()].length > 64
  const others = suggestions.filter((one) => one !== tag).slice(0, 12)
  return (
    <ModalShell
      title={t('customer_page.tag_title')} onClose={onClose} size="question" isDirty={tag !== customer.tag && !save.isBusy} isLocked={save.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="tag-form" isBusy={save.isBusy}>{t('customer_page.tag_save')}</Button></>}
    >
      <form
        id="tag-form" className="form" noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (isTooLong) field.current?.focus()
          else save.submit({ params: { id: customer.id }, body: { tag: tag.trim() } })
        }}
      >
        <p className="second">{t('customer_page.tag_of', { name: customer.nameMasked })}</p>
        <Labelled label={t('customers.field.tag')} hint={t('customer_page.tag_hint')} error={atField || isTooLong ? t('customer_page.tag_invalid') : undefined}>
          {(wiring) => <TextInput {...wiring} ref={field} value={tag} onChange={setTag} spellCheck={false} />}
        </Labelled>
        {others.length > 0 && (
          <div>
            <p className="caption" id="tag-suggestions">{t('customer_page.tag_suggestions')}</p>
            <div className="tag-suggestions" role="group" aria-labelledby="tag-suggestions">
              {others.map((one) => <Button key={one} isSmall onPress={() => setTag(one)}>{one}</Button>)}
            </div>
          </div>
        )}
        {!atField && <FormError error={save.error} />}
      </form>
    </ModalShell>
  )
}
