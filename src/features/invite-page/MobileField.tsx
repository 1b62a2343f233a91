import { useTranslation } from '#src/i18n/use-translation.ts'
import { Labelled } from '#src/components/Labelled.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { cleanNumber } from '#src/lib/clean.ts'
import type { OpenInvite } from './steps.ts'
import type { Acceptance } from './use-acceptance.ts'
import { useProblemText } from './use-problem-text.ts'

/** The number to register with; for a mail invitation it is the reported one. */
export function MobileField({ flow, view }: { flow: Acceptance; view: OpenInvite }) {
  const { t } = useTranslation()
  const tell = useProblemText()
  const hint = view.mobileMasked === null ? t('invite_page.register.mobile_hint') : t('invite_page.register.mobile_hint_mail', { mobile: view.mobileMasked })
  return (
    <Labelled label={t('invite_page.register.mobile')} isRequired hint={hint} error={tell(flow.state.problems.mobile)}>
      {(wiring) => <TextInput {...wiring} isLarge name="mobile" type="tel" inputMode="tel" autoComplete="tel" maxLength={32} value={flow.state.draft.mobile} onChange={(text) => flow.type({ mobile: cleanNumber(text) })} />}
    </Labelled>
  )
}
