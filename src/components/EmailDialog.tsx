import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from './Button.tsx'
import { EmailFields, type EmailOf, useSaveEmail } from './EmailFields.tsx'
import { Facts } from './Facts.tsx'
import { ModalShell } from './ModalShell.tsx'
import { Notice } from './Notice.tsx'

/** Changes or adds the mail address that a prospect is written to. Nothing is sent by it.
 *  @param hasPendingLink whether a link is on its way that a new address makes void. */
export function EmailDialog({ of, hasPendingLink, onSaved, onClose }: { of: EmailOf; hasPendingLink: boolean; onSaved: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const save = useSaveEmail(onSaved)
  return (
    <ModalShell
      title={t(of.emailMasked === null ? 'development.email.title_add' : 'development.email.title_edit')} size="question" onClose={onClose} isDirty={text !== '' && !save.isBusy} isLocked={save.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="email-form" isBusy={save.isBusy}>{t('development.email.save')}</Button></>}
    >
      <div className="form">
        <Facts facts={[
          ...(of.nameMasked === null ? [] : [{ key: 'name', label: t('development.field.name'), value: of.nameMasked }]),
          ...(of.emailMasked === null ? [] : [{ key: 'email', label: t('development.email.current'), value: of.emailMasked }]),
        ]} />
        <EmailFields id="email-form" of={of} save={save} text={text} onText={setText}>
          {hasPendingLink && <Notice tone="warning">{t('development.email.void')}</Notice>}
        </EmailFields>
      </div>
    </ModalShell>
  )
}
