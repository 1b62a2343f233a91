import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Prospect } from '#contract/prospects.ts'
import { Button } from '#src/components/Button.tsx'
import { EmailFields, useSaveEmail } from '#src/components/EmailFields.tsx'

/** The small form in the row. */
export function EmailForm({ row, onDone }: { row: Prospect; onDone: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const save = useSaveEmail(onDone)
  return (
    <EmailFields of={row} save={save} text={text} onText={setText}>
      <div className="editor-acts"><Button isSmall variant="primary" type="submit" isBusy={save.isBusy}>{t('development.email.save')}</Button></div>
    </EmailFields>
  )
}
