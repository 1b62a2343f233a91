import type { TFunction } from 'i18next'
import { type TransactionFilter, TransactionKind } from '#contract/funds.ts'
import { parseAmount } from '#contract/money.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { ListState } from '#src/components/use-list-state.ts'

const directions = ['in', 'out'] as const

/** @returns the filters of an account's movements; none of them is personal. */
export function transactionFilters({ filter, setFilter }: ListState<Omit<TransactionFilter, 'account'>, never>, t: TFunction): Filter[] {
  return [
    { kind: 'days', key: 'time', label: t('funds.field.time'), from: filter.from, to: filter.to, onChange: (range) => setFilter(range) },
    { kind: 'choice', key: 'kind', label: t('funds.field.kind'), value: filter.kind, options: TransactionKind.options.map((value) => ({ value, label: t(`funds.transaction_kind.${value}`) })), onChange: (value) => setFilter({ kind: TransactionKind.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'direction', label: t('funds.field.direction'), value: filter.direction, options: directions.map((value) => ({ value, label: t(`funds.direction.${value}`) })), onChange: (value) => setFilter({ direction: directions.find((one) => one === value) }) },
    { kind: 'amounts', key: 'amount', label: t('funds.field.amount'), min: filter.amountMin, max: filter.amountMax, onChange: ({ min, max }) => setFilter({ amountMin: read(min), amountMax: read(max) }) },
    { kind: 'text', key: 'number', label: t('funds.field.number_filter'), value: filter.number, hint: t('funds.hint_number'), onChange: (number) => setFilter({ number }) },
  ]
}

const read = (text: string | undefined) => (text === undefined ? undefined : parseAmount(text))
