import type { TFunction } from 'i18next'
import { type InvoiceFilter, InvoiceKind, type InvoiceSort, InvoiceState } from '#contract/incentive-invoices.ts'
import { Period } from '#contract/incentives.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { monthsBack } from '#src/lib/months.ts'
import type { ListState } from '#src/components/use-list-state.ts'

/** @returns the filters in the order in which people reach for them. */
export const invoiceFilters = ({ filter, setFilter }: Pick<ListState<InvoiceFilter, InvoiceSort>, 'filter' | 'setFilter'>, t: TFunction): Filter[] => [
  { kind: 'choice', key: 'state', label: t('incentive_invoices.field.state'), value: filter.state, options: InvoiceState.options.map((value) => ({ value, label: t(`payments.state.${value}`) })), onChange: (value) => setFilter({ state: InvoiceState.options.find((one) => one === value) }) },
  { kind: 'choice', key: 'kind', label: t('incentive_invoices.field.kind'), value: filter.kind, options: InvoiceKind.options.filter((kind) => kind !== 'ORDINARY').map((value) => ({ value, label: t(`incentive_invoices.kind_short.${value}`) })), onChange: (value) => setFilter({ kind: InvoiceKind.options.find((one) => one === value) }) },
  { kind: 'choice', key: 'period', label: t('incentive_invoices.field.period'), value: filter.period, options: monthsBack(filter.period), onChange: (value) => setFilter({ period: Period.safeParse(value).data }) },
]
