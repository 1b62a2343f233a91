import type { TFunction } from 'i18next'
import { SpecialistState } from '#contract/specialists.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { emailOrLast4, mobileOrLast4 } from '#src/lib/look-up.ts'
import type { SpecialistList } from './use-specialist-list.ts'

/** @returns the filters. Mobile and email travel in the request body; the state stands in the address. */
export function specialistFilters({ list, lookup, kept, setLookup }: Pick<SpecialistList, 'list' | 'lookup' | 'kept' | 'setLookup'>, t: TFunction): Filter[] {
  const { filter, setFilter } = list
  const keptText = (kind: 'name' | 'mobile' | 'email') => (kept.includes(kind) ? t('specialists.kept_lookup') : undefined)
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('specialists.field.name'), value: undefined, kept: keptText('name'), onChange: () => setLookup(undefined) }] : []),
    { kind: 'choice', key: 'state', label: t('specialists.field.state'), value: filter.state, options: SpecialistState.options.map((value) => ({ value, label: t(`specialists.state.${value}`) })), onChange: (value) => setFilter({ state: SpecialistState.options.find((one) => one === value) }) },
    { kind: 'text', key: 'mobile', label: t('specialists.field.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('specialists.hint_mobile'), check: mobileOrLast4, onChange: (mobile) => setLookup(mobile === undefined ? undefined : { mobile }) },
    { kind: 'text', key: 'email', label: t('specialists.field.email'), value: lookup?.email, kept: keptText('email'), isPersonal: true, hint: t('specialists.hint_email'), check: emailOrLast4, onChange: (email) => setLookup(email === undefined ? undefined : { email }) },
  ]
}
