import { useTranslation } from '#src/i18n/use-translation.ts'
import { type Authenticator, listAuthenticators, renameAuthenticator } from '#contract/security.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { showToast } from '#src/components/toast.ts'
import { NameField } from './NameField.tsx'
import { useName } from './use-name.ts'

/** A new name for an authenticator. It changes nothing about what it confirms. */
export function RenameDialog({ one, onClose }: { one: Authenticator; onClose: () => void }) {
  const { t } = useTranslation()
  const name = useName(one.name)
  const rename = useApiMutation(renameAuthenticator, {
    invalidates: [listAuthenticators],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('authenticators.rename.done'), isBrief: true })
      onClose()
    },
    onError: name.refuse,
  })
  const save = () => {
    const read = name.read()
    if (read !== undefined) rename.submit({ params: { id: one.id }, body: { name: read } })
  }
  return (
    <ModalShell
      title={t('authenticators.list.one', { what: t('authenticators.rename.title'), name: one.name })} onClose={onClose} size="question" isLocked={rename.isBusy} isDirty={name.field.value !== one.name && !rename.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="rename-form" isBusy={rename.isBusy}>{t('authenticators.rename.save')}</Button></>}
    >
      <form id="rename-form" className="form" noValidate onSubmit={(event) => { event.preventDefault(); save() }}>
        <NameField {...name.field} />
        <FormError error={name.field.problem === undefined ? rename.error : undefined} />
      </form>
    </ModalShell>
  )
}
