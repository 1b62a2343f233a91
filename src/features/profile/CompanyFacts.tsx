import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { documentPath } from '#contract/company.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { formatMobile } from '#src/lib/format.ts'
import type { Company } from './CompanyTab.tsx'

/** Everything that counts about the company now. */
export function CompanyFacts({ company: { data, creditCode, contractingEntity, type, ecosystemManager, licence } }: { company: Company }) {
  const { t } = useTranslation()
  const none = (words: string = t('company.none')) => <span className="quiet">{words}</span>
  const fact = (key: Parameters<typeof label>[0], value: ReactNode) => ({ key, label: label(key), value })
  const label = (key: 'name' | 'creditCode' | 'address' | 'representative' | 'industry' | 'phone' | 'website' | 'licence' | 'contractingEntity' | 'type' | 'ecosystemManager') => t(`company.field.${key}`)
  return (
    <Facts facts={[
      fact('name', data.name),
      fact('creditCode', creditCode === '' ? none() : <span className="cell">{creditCode}<CopyButton text={creditCode} what={label('creditCode')} /></span>),
      fact('address', data.address || none()),
      fact('representative', data.representative || none()),
      fact('licence', licence === null ? none(t('company.no_licence')) : <a href={documentPath(licence)} download>{t('company.download_licence')}</a>),
      fact('industry', data.industry || none()),
      fact('phone', data.phone || none()),
      fact('website', /^https?:\/\//.test(data.website) ? <a href={data.website} target="_blank" rel="noreferrer">{data.website}</a> : data.website || none()),
      fact('contractingEntity', contractingEntity || none()),
      fact('type', t(`log.value.${type}`)),
      fact('ecosystemManager', ecosystemManager === null ? none(t('company.no_manager')) : <Manager manager={ecosystemManager} />),
    ]}
    />
  )
}

function Manager({ manager: { name, mobile, email } }: { manager: NonNullable<Company['ecosystemManager']> }) {
  return (
    <span className="own-line">
      <span>{name}</span>
      {mobile && <a href={`tel:${mobile}`}>{formatMobile(mobile)}</a>}
      {email && <a href={`mailto:${email}`}>{email}</a>}
    </span>
  )
}
