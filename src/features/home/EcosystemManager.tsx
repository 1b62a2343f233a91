import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { getHome } from '#contract/home.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatMobile } from '#src/lib/format.ts'

/** Whom to ask at the vendor; a colleague's business card, so nothing is masked. */
export function EcosystemManager({ manager }: { manager: Answer<typeof getHome>['ecosystemManager'] }) {
  const { t } = useTranslation()
  return (
    <Section title={t('home.manager')}>
      {manager ? (
        <>
          <Facts facts={[
            { key: 'name', label: t('home.manager_name'), value: manager.name },
            ...(manager.mobile === '' ? [] : [{ key: 'mobile', label: t('home.manager_mobile'), value: <><a href={`tel:${manager.mobile}`}>{formatMobile(manager.mobile)}</a><CopyButton text={manager.mobile} what={t('home.manager_mobile')} /></> }]),
            ...(manager.email === '' ? [] : [{ key: 'email', label: t('home.manager_email'), value: <><a href={`mailto:${manager.email}`}>{manager.email}</a><CopyButton text={manager.email} what={t('home.manager_email')} /></> }]),
          ]} />
          <p className="caption">{t('home.manager_note')}</p>
        </>
      ) : <p className="second">{t('home.manager_none')}</p>}
    </Section>
  )
}
