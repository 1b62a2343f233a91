import { useTranslation } from '#src/i18n/use-translation.ts'
import { documentsFor } from '#contract/documents.ts'
import { CodeField } from './CodeField.tsx'
import { DocumentDialog } from './DocumentDialog.tsx'
import { MobileField } from './MobileField.tsx'
import { PerhapsYours } from './PerhapsYours.tsx'
import { StepForm } from './StepForm.tsx'
import type { OpenInvite } from './steps.ts'
import { Tick } from './Tick.tsx'
import type { Acceptance } from './use-acceptance.ts'
import { useProblemText } from './use-problem-text.ts'

/** On a phone: number and code, after agreeing to how the number is used. */
export function NumberStep({ flow, token, view }: { flow: Acceptance; token: string; view: OpenInvite }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const { draft, problems } = flow.state
  return (
    <StepForm
      flow={flow} title={t('invite_page.register.number_title')} button={t('invite_page.next')} onSubmit={flow.next}
      aside={<p className="step-aside"><button type="button" className="text-link" onClick={flow.haveAccount}>{t('invite_page.register.have_account')}</button></p>}
    >
      <PerhapsYours flow={flow} />
      <MobileField flow={flow} view={view} />
      <CodeField flow={flow} token={token} mobile={draft.mobile} />
      <Tick
        name="mayUseMobile" isTicked={draft.mayUseMobile} onChange={(mayUseMobile) => flow.type({ mayUseMobile })} error={tell(problems.mayUseMobile)}
        more={<DocumentDialog name="privacy" type={view.associationType} version={documentsFor(view.associationType).privacy} />}
      >
        {t('invite_page.register.privacy')}
      </Tick>
    </StepForm>
  )
}
