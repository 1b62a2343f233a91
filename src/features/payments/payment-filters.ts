import type { TFunction } from 'i18next'
import { type PaymentFilter, type PaymentSort, PaymentState } from '#contract/incentive-payments.ts'
import { PayoutOption, Period } from '#contract/incentives.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { ListState } from '#src/components/use-list-state.ts'
import { monthsBack } from '#src/lib/months.ts'

type List = ListState<PaymentFilter, PaymentSort>

/** @returns the filters in the order in which people reach for them. */
export const paymentFilters = ({ filter, setFilter }: Pick<List, 'filter' | 'setFilter'>, t: TFunction): Filter[] => [
  { kind: 'choice', key: 'state', label: t('payments.field.state'), value: filter.state, options: PaymentState.options.map((value) => ({ value, label: t(`payments.state.${value}`) })), onChange: (value) => setFilter({ state: PaymentState.options.find((one) => one === value) }) },
  { kind: 'choice', key: 'option', label: t('payments.field.option'), value: filter.option, options: PayoutOption.options.map((value) => ({ value, label: t(`payments.option.${value}`) })), onChange: (value) => setFilter({ option: PayoutOption.options.find((one) => one === value) }) },
  { kind: 'choice', key: 'period', label: t('payments.field.period'), value: filter.period, options: monthsBack(filter.period), onChange: (value) => setFilter({ period: Period.safeParse(value).data }) },
  { kind: 'days', key: 'at', label: t('payments.field.at'), from: filter.from, to: filter.to, onChange: (range) => setFilter(range) },
]
