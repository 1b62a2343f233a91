import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Business } from '#contract/business.ts'
import { documentPath } from '#contract/company.ts'
import type { Masked } from '#contract/masked.ts'
import type { RevealField } from '#contract/reveals.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatTime } from '#src/lib/format.ts'
import type { BusinessField } from './business-form.ts'

/** The three parts as they were handed in; before that, what the company information gives them. */
export function BusinessFacts({ business: { id, submitted, companyName, creditCode } }: { business: Business }) {
  const { t } = useTranslation()
  const label = (key: BusinessField | 'name' | 'certificate') => t(`business.field.${key}`)
  const fact = (key: BusinessField | 'name' | 'certificate', value: ReactNode) => ({ key, label: label(key), value })
  const masked = (key: BusinessField, field: RevealField, text: Masked) => fact(key, id === null ? text : <MaskedText id={id} field={field} masked={text} label={label(key)} />)
  const code = (text: string) => fact('creditCode', text === '' ? <span className="quiet">–</span> : <span className="cell">{text}<CopyButton text={text} what={label('creditCode')} /></span>)
  if (!submitted) return <Section title={t('business.part.company')}><Facts facts={[fact('name', companyName || <span className="quiet">–</span>), code(creditCode)]} /></Section>
  const { company, bank, tax } = submitted
  const note = [t('business.submitted_by', { by: submitted.byMasked, time: formatTime(submitted.at) }), ...(submitted.decidedAt ? [t('business.decided_at', { time: formatTime(submitted.decidedAt) })] : [])].join(' · ')
  return (
    <>
      <Section title={t('business.part.company')} note={note}>
        <Facts facts={[fact('name', company.name), code(company.creditCode), masked('address', 'address', company.addressMasked), masked('contactName', 'name', company.contactNameMasked), masked('contactMobile', 'mobile', company.contactMobileMasked)]} />
      </Section>
      <Section title={t('business.part.bank')}>
        <Facts facts={[fact('accountName', bank.accountName), masked('number', 'bankAccount', bank.numberMasked), fact('bankName', bank.bankName), fact('branch', bank.branch)]} />
      </Section>
      <Section title={t('business.part.tax')}>
        <Facts facts={[fact('status', t(`business.taxpayer.${tax.status}`)), fact('rate', t('business.percent', { rate: tax.rate })), fact('certificate', <a href={documentPath(tax.certificate.id)} download>{tax.certificate.name}</a>)]} />
      </Section>
    </>
  )
}
