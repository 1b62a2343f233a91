import { useTranslation } from '#src/i18n/use-translation.ts'
import type { MatchedField } from '#contract/customers.ts'
import { Icon } from '#src/components/Icon.tsx'

/** The tick at a value that the look-up found, which itself stays masked. */
export function Matched({ fields, field }: { fields: readonly MatchedField[]; field: MatchedField }) {
  const { t } = useTranslation()
  if (!fields.includes(field)) return null
  return <span className="matched" title={t('customers.matched')}><Icon name="check" /><span className="hidden-text">{t('customers.matched')}</span></span>
}
