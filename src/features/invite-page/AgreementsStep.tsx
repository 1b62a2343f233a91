import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { documentsFor } from '#contract/documents.ts'
import { ApiError, isOutcomeUnknown } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { DocumentDialog } from './DocumentDialog.tsx'
import type { DocumentName } from './DocumentText.tsx'
import { StepForm } from './StepForm.tsx'
import type { OpenInvite } from './steps.ts'
import { Tick } from './Tick.tsx'
import type { Acceptance } from './use-acceptance.ts'
import { useDocumentName } from './use-document-name.ts'

const names: readonly DocumentName[] = ['agreement', 'privacy', 'notice']

/** All documents, each ticked by itself; then the account is opened and associated. Refusing leaves everything as it was. */
export function AgreementsStep({ flow, view }: { flow: Acceptance; view: OpenInvite }) {
  const { t } = useTranslation()
  const nameOf = useDocumentName(view.associationType)
  const versions = documentsFor(view.associationType)
  const [ticked, setTicked] = useState<Record<DocumentName, boolean>>({ agreement: false, privacy: false, notice: false })
  const [isTried, setTried] = useState(false)
  const isNew = flow.state.place.way === 'register'
  const missing = names.filter((name) => !ticked[name])
  const accept = () => {
    setTried(true)
    if (missing[0]) document.querySelector<HTMLInputElement>(`[name=${missing[0]}]`)?.focus()
    else void flow.accept()
  }
  const setAll = (all: boolean) => setTicked({ agreement: all, privacy: all, notice: all })
  return (
    <StepForm
      flow={flow} title={t('invite_page.agreements.title')} button={isNew ? t('invite_page.agreements.register') : t('invite_page.agreements.associate')} onSubmit={accept}
      aside={<p className="step-aside"><Button variant="bare" onPress={flow.cancel}>{isNew ? t('invite_page.agreements.cancel_register') : t('invite_page.agreements.cancel_associate')}</Button></p>}
    >
      <p className="second">{t('invite_page.agreements.text')}</p>
      <div className="ticks">
        {names.map((name) => (
          <Tick
            key={name} name={name} isTicked={ticked[name]} onChange={(isTicked) => setTicked((now) => ({ ...now, [name]: isTicked }))}
            error={isTried && !ticked[name] ? t('invite_page.agreements.missing', { document: nameOf(name) }) : undefined}
            more={<DocumentDialog name={name} type={view.associationType} version={versions[name]} />}
          >
            {t('invite_page.agreements.one', { document: nameOf(name) })}
          </Tick>
        ))}
        <div className="tick all"><Checkbox label={t('invite_page.agreements.all')} isChecked={missing.length === 0} isMixed={missing.length > 0 && missing.length < names.length} onChange={setAll}>{t('invite_page.agreements.all')}</Checkbox></div>
      </div>
      <Refused error={flow.attempt.error} />
    </StepForm>
  )
}

/** After a lost answer nobody knows what happened; asking again does no harm. */
function Refused({ error }: { error: Error | undefined }) {
  const { t } = useTranslation()
  if (error && isOutcomeUnknown(error)) return <Notice tone="warning" isAlert>{t('invite_page.agreements.unknown')}</Notice>
  const isOutdated = error instanceof ApiError && error.failure.code === 'documents_changed'
  return <FormError error={error}>{isOutdated && <Button isSmall onPress={() => location.reload()}>{t('invite_page.agreements.outdated')}</Button>}</FormError>
}
