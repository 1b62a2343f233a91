import { useTranslation } from '#src/i18n/use-translation.ts'
import { Icon } from '#src/components/Icon.tsx'
import { StepForm } from './StepForm.tsx'
import type { Acceptance } from './use-acceptance.ts'

/** A new account, one that exists, or the one that is signed in. */
export function ChoiceStep({ flow }: { flow: Acceptance }) {
  const { t } = useTranslation()
  const { customer } = flow.state
  return (
    <StepForm flow={flow} title={t('invite_page.choice.title')}>
      <div className="ways">
        {customer && <Way title={t('invite_page.choice.signed_in', { account: customer.accountName })} note={t('invite_page.choice.signed_in_note')} onPress={() => flow.choose('signed-in')} />}
        <Way title={t('invite_page.choice.register')} note={t('invite_page.choice.register_note')} onPress={() => flow.choose('register')} />
        <Way title={t('invite_page.choice.sign_in')} note={t('invite_page.choice.sign_in_note')} onPress={() => flow.choose('sign-in')} />
      </div>
    </StepForm>
  )
}

const Way = ({ title, note, onPress }: { title: string; note: string; onPress: () => void }) => (
  <button type="button" className="way" onClick={onPress}><span className="way-text"><b>{title}</b><span>{note}</span></span><Icon name="right" /></button>
)
