import { useTranslation } from '#src/i18n/use-translation.ts'
import { Icon } from '#src/components/Icon.tsx'
import { StepForm } from './StepForm.tsx'
import type { OpenInvite } from './steps.ts'
import type { Acceptance } from './use-acceptance.ts'

/** Which accounts can be associated, before anybody signs in in vain. */
export function HintStep({ flow, view }: { flow: Acceptance; view: OpenInvite }) {
  const { t } = useTranslation()
  const lines = [
    t('invite_page.hint.week'), t('invite_page.hint.bills'), t('invite_page.hint.other'),
    ...(view.mobileMasked === null ? [] : [t('invite_page.hint.mail', { mobile: view.mobileMasked })]),
    ...(view.associationType === 'RESALE' ? [t('invite_page.hint.resale')] : []),
  ]
  return (
    <StepForm flow={flow} title={t('invite_page.hint.title')} button={t('invite_page.hint.button')} onSubmit={flow.next}>
      <ul className="rules">{lines.map((line) => <li key={line}><Icon name="check" /><span>{line}</span></li>)}</ul>
    </StepForm>
  )
}
