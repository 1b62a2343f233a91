import i18next from 'i18next'
import { formatMoney, today } from '#src/lib/format.ts'
import type { Filter } from './filter-types.ts'

/** @returns what a set filter says on its chip, e.g. 近 12 个月. */
export function filterText(filter: Filter): string {
  switch (filter.kind) {
    case 'choice': return filter.options.find((option) => option.value === filter.value)?.label ?? filter.value ?? ''
    case 'text': return filter.value ?? filter.kept ?? ''
    case 'days': return daysText(filter.from, filter.to)
    case 'amounts': return boundsText(filter.min && formatMoney(filter.min), filter.max && formatMoney(filter.max))
    case 'numbers': return boundsText(filter.min?.toString(), filter.max?.toString()) + (filter.unit ?? '')
  }
}

/** The usual ranges of days that end today. */
export const dayPresets = (): { key: 'last_7' | 'last_30' | 'last_12_months' | 'this_month'; from: string }[] => [
  { key: 'last_7', from: today(-6) },
  { key: 'last_30', from: today(-29) },
  { key: 'this_month', from: `${today().slice(0, 8)}01` },
  { key: 'last_12_months', from: today(-364) },
]

function daysText(from: string | undefined, to: string | undefined): string {
  const preset = to === undefined ? dayPresets().find((one) => one.from === from) : undefined
  if (preset) return i18next.t(`common.filter.${preset.key}`)
  if (from && to) return from === to ? from : i18next.t('common.filter.range', { from, to })
  if (from) return i18next.t('common.filter.since', { from })
  return i18next.t('common.filter.until', { to: to ?? '' })
}

function boundsText(min: string | undefined, max: string | undefined): string {
  if (min && max) return `${min} ~ ${max}`
  if (min) return i18next.t('common.filter.at_least', { min })
  return i18next.t('common.filter.at_most', { max: max ?? '' })
}
