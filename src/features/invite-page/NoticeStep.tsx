import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { documentsFor } from '#contract/documents.ts'
import { DocumentText } from './DocumentText.tsx'
import { StepForm } from './StepForm.tsx'
import type { OpenInvite } from './steps.ts'
import { Tick } from './Tick.tsx'
import type { Acceptance } from './use-acceptance.ts'
import { useDocumentName } from './use-document-name.ts'

/** What the association means, before anything is asked. On a phone its button is the agreement, elsewhere a tick is. */
export function NoticeStep({ flow, view }: { flow: Acceptance; view: OpenInvite }) {
  const { t } = useTranslation()
  const nameOf = useDocumentName(view.associationType)
  const [isTicked, setTicked] = useState(false)
  const [isTried, setTried] = useState(false)
  const isMissing = isTried && !isTicked && !flow.situation.isPhone
  const goOn = () => {
    setTried(true)
    if (isTicked || flow.situation.isPhone) flow.next()
    else document.querySelector<HTMLInputElement>('[name=notice]')?.focus()
  }
  return (
    <StepForm flow={flow} title={t('invite_page.notice.title')} button={flow.situation.isPhone ? t('invite_page.agree') : t('invite_page.go_on')} onSubmit={goOn}>
      <section className="document-box" aria-labelledby="notice-name">
        <h2 id="notice-name">{nameOf('notice')}</h2>
        <p className="caption">{t('invite_page.agreements.version', { version: documentsFor(view.associationType).notice })}</p>
        <DocumentText name="notice" type={view.associationType} />
      </section>
      {!flow.situation.isPhone && <Tick name="notice" isTicked={isTicked} onChange={setTicked} error={isMissing ? t('invite_page.notice.tick_missing') : undefined}>{t('invite_page.notice.tick')}</Tick>}
    </StepForm>
  )
}
