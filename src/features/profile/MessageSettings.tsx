import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Locale } from '#contract/people.ts'
import { getProfile, putLanguage } from '#contract/profile.ts'
import { previewMessage, putTimeZone } from '#contract/security.ts'
import { getSession } from '#contract/session.ts'
import { listQuery } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { Section } from '#src/components/Section.tsx'
import { Select } from '#src/components/Select.tsx'
import { showToast } from '#src/components/toast.ts'
import { language as shownLanguage } from '#src/i18n/i18n.ts'
import { serverNow } from '#src/lib/clock.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { zoneOptions } from './time-zones.ts'

/** The language of the messages to this person, the zone of the times in the company's messages, and how a message then looks. */
export function MessageSettings({ language }: { language: Locale }) {
  const { t } = useTranslation()
  const { partner } = useSession()
  const mayChangeZone = useCan('partner.settings')
  const [zone, setZone] = useState(partner.timeZone)
  const [now] = useState(() => new Date(serverNow()))
  return (
    <Section title={t('profile.language_section')}>
      <div className="form">
        <Language language={language} />
        {mayChangeZone && <TimeZone zone={zone} now={now} saved={partner.timeZone} onChange={setZone} />}
        <Sample language={language} zone={mayChangeZone ? zone : undefined} />
        {!mayChangeZone && <p className="caption">{t('profile.zone_member')}</p>}
      </div>
    </Section>
  )
}

/** One message as this person will get it. @param zone one that is only looked at so far; without it the partner's. */
function Sample({ language, zone }: { language: Locale; zone: string | undefined }) {
  const { t } = useTranslation()
  const { data } = useQuery(listQuery(previewMessage, { body: { language, ...(zone !== undefined && { timeZone: zone }) } }))
  const id = useId()
  return (
    <figure className="sample" aria-labelledby={id}>
      <figcaption className="label" id={id}>{t('profile.sample_title')}</figcaption>
      {data && (
        <div aria-live="polite">
          <p className="caption">{t('own_account.preview.sms')}</p>
          <p className="sample-text" lang={language}>{data.sms}</p>
          <p className="caption">{t('own_account.preview.mail')}</p>
          <div className="sample-text" lang={language}><p className="strong">{data.mail.subject}</p><p className="sample-mail">{data.mail.text}</p></div>
        </div>
      )}
    </figure>
  )
}

function Language({ language }: { language: Locale }) {
  const { t } = useTranslation()
  const save = useApiMutation(putLanguage, {
    invalidates: [getProfile, getSession],
    onSuccess: () => showToast({ tone: 'success', title: t('profile.language_saved'), isBrief: true }),
  })
  return (
    <div>
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
  )
}

type ZoneProps = { zone: string; saved: string; now: Date; onChange: (zone: string) => void }

/** It concerns the whole company, so it is kept by a button of its own. */
function TimeZone({ zone, saved, now, onChange }: ZoneProps) {
  const { t } = useTranslation()
  const save = useApiMutation(putTimeZone, {
    invalidates: [getProfile, getSession],
    onSuccess: () => showToast({ tone: 'success', title: t('profile.zone_saved') }),
  })
  return (
    <div>
      <Labelled label={t('profile.zone')} hint={t('profile.zone_hint')}>
        {(wiring) => (
          <div className="zone-row">
            <Select {...wiring} value={zone} options={zoneOptions(now, shownLanguage(), [saved, zone])} disabled={save.isBusy} onChange={(next) => next !== '' && onChange(next)} />
            <Button isBusy={save.isBusy} disabledReason={!save.isBusy && zone === saved ? t('profile.zone_same') : undefined} onPress={() => save.submit({ body: { timeZone: zone } })}>{t('profile.zone_save')}</Button>
          </div>
        )}
      </Labelled>
      <FormError error={save.error} />
    </div>
  )
}
