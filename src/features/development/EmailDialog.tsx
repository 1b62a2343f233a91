import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Prospect } from '#contract/prospects.ts'
import { Button } from '#src/components/Button.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { EmailFields, useSaveEmail } from './EmailForm.tsx'
import { hasPendingLink } from './rules.ts'

/** Changes a prospect's mail address, or adds it from the row's menu. */
export function EmailDialog({ row, onClose }: { row: Prospect; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const save = useSaveEmail(onClose)
  return (
    <ModalShell
      title={t(row.emailMasked === null ? 'development.email.title_add' : 'development.email.title_edit')} size="question" onClose={onClose} isDirty={text !== '' && !save.isBusy} isLocked={save.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="primary" type="submit" form="email-form" isBusy={save.isBusy}>{t('development.email.save')}</Button></>}
    >
      <div className="form">
        <Facts facts={[
          { key: 'name', label: t('development.field.name'), value: row.nameMasked },
          ...(row.emailMasked === null ? [] : [{ key: 'email', label: t('development.email.current'), value: row.emailMasked }]),
        ]} />
        <EmailFields id="email-form" row={row} save={save} text={text} onText={setText}>
          {hasPendingLink(row) && <Notice tone="warning">{t('development.email.void')}</Notice>}
        </EmailFields>
      </div>
    </ModalShell>
  )
}
