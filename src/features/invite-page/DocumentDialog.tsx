import { useId, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssociationType } from '#contract/customers.ts'
import { Button } from '#src/components/Button.tsx'
import { type DocumentName, DocumentText } from './DocumentText.tsx'
import { useDocumentName } from './use-document-name.ts'

/** A button that opens a document over the page. The browser's own dialog keeps the focus inside and gives it back. */
export function DocumentDialog({ name, type, version }: { name: DocumentName; type: AssociationType; version: string }) {
  const { t } = useTranslation()
  const nameOf = useDocumentName(type)
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  return (
    <>
      <button type="button" className="text-link" aria-haspopup="dialog" aria-label={`${t('invite_page.read')}${t('common.colon')}${nameOf(name)}`} onClick={() => dialog.current?.showModal()}>{t('invite_page.read')}</button>
      <dialog ref={dialog} className="document-dialog" aria-labelledby={id} onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}>
        <div className="document-sheet">
          <h2 id={id} tabIndex={-1}>{nameOf(name)}</h2>
          <p className="caption">{t('invite_page.agreements.version', { version })}</p>
          {/* A keyboard scrolls what is longer than the window. */}
          <div className="document-scroll" tabIndex={0} role="region" aria-labelledby={id}><DocumentText name={name} type={type} /></div>
          <div className="public-acts"><Button onPress={() => dialog.current?.close()}>{t('common.close')}</Button></div>
        </div>
      </dialog>
    </>
  )
}
