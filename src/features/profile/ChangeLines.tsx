import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CompanyChangeLine } from './company-form.ts'

/** Items of the company before and after a change. @param hasLicence a new licence came with it. */
export function ChangeLines({ lines, hasLicence, label }: { lines: readonly CompanyChangeLine[]; hasLicence: boolean; label: string }) {
  const { t } = useTranslation()
  return (
    <table className="plain-table change-lines" aria-label={label}>
      <thead><tr><th scope="col">{t('company.item')}</th><th scope="col">{t('company.before')}</th><th scope="col">{t('company.after')}</th></tr></thead>
      <tbody>
        {lines.map(({ key, before, after }) => (
          <tr key={key}><th scope="row">{t(`company.field.${key}`)}</th><td className="second">{before || <span className="quiet">{t('company.none')}</span>}</td><td className="new-value">{after || <span className="quiet">{t('company.none')}</span>}</td></tr>
        ))}
        {hasLicence && <tr><th scope="row">{t('company.field.licence')}</th><td className="quiet">–</td><td className="new-value">{t('company.new_licence')}</td></tr>}
      </tbody>
    </table>
  )
}
