import { useTranslation } from 'react-i18next'
import { Locale } from '#contract/people.ts'
import { getProfile, putLanguage } from '#contract/profile.ts'
import { getSession } from '#contract/session.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { Section } from '#src/components/Section.tsx'
import { Select } from '#src/components/Select.tsx'
import { showToast } from '#src/components/toast.ts'

/** The language of the messages to this person; a choice is kept at once. */
export function MessageLanguage({ language }: { language: Locale }) {
  const { t } = useTranslation()
  const save = useApiMutation(putLanguage, {
    invalidates: [getProfile, getSession],
    onSuccess: () => showToast({ tone: 'success', title: t('profile.language_saved'), isBrief: true }),
  })
  return (
    <Section title={t('profile.language_section')}>
      <div className="form">
        <Labelled label={t('profile.language')} hint={t('profile.language_hint')}>
          {(wiring) => (
            <Select
              {...wiring} value={language} options={Locale.options.map((value) => ({ value, label: t(`profile.languages.${value}`) }))} disabled={save.isBusy}
              onChange={(next) => next !== '' && next !== language && save.submit({ body: { language: next } })}
            />
          )}
        </Labelled>
        <FormError error={save.error} />
      </div>
    </Section>
  )
}
