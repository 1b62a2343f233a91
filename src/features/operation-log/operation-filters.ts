import type { TFunction } from 'i18next'
import { ConfirmedBy, LoggedOperation, LogObject, LogResult, LogSource } from '#contract/operation-log.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { byCustomerNumber } from '#src/lib/look-up.ts'
import { operationKey } from './labels.ts'
import type { Operations } from './use-logs.ts'

type Options = readonly { value: string; label: string }[]

/** @param operators whom the person may choose. @returns the filters in the order in which people reach for them; the number stands before them. */
export function operationFilters({ list, result }: Operations, operators: Options, t: TFunction): Filter[] {
  const { filter, setFilter } = list
  return [
    { kind: 'days', key: 'at', label: t('log.field.at'), from: filter.from, to: filter.to, onChange: ({ from, to }) => setFilter({ from, to }) },
    { kind: 'choice', key: 'operator', label: t('log.field.operator'), options: operators, value: filter.operatorId, onChange: (operatorId) => setFilter({ operatorId }) },
    {
      kind: 'choice', key: 'operation', label: t('log.field.operation'), value: filter.operation, options: LoggedOperation.options.map((value) => ({ value, label: t(operationKey[value]) })),
      onChange: (value) => setFilter({ operation: LoggedOperation.options.find((one) => one === value) }),
    },
    {
      kind: 'choice', key: 'result', label: t('log.field.result'), value: filter.result, options: LogResult.options.map((value) => ({ value, label: t(`log.result.${value}`) })),
      onChange: (value) => setFilter({ result: LogResult.options.find((one) => one === value) }),
    },
    {
      kind: 'choice', key: 'kind', label: t('log.field.object_kind'), value: filter.objectKind, options: LogObject.options.map((value) => ({ value, label: t(`log.object.${value}`) })),
      onChange: (value) => setFilter({ objectKind: LogObject.options.find((one) => one === value) }),
    },
    customerNumberFilter(filter.customerNumber, (customerNumber) => setFilter({ customerNumber }), t),
    {
      kind: 'choice', key: 'confirmed', label: t('log.field.confirmed_by'), value: filter.confirmedBy, options: ConfirmedBy.options.map((value) => ({ value, label: t(`log.confirmed.${value}`) })),
      onChange: (value) => setFilter({ confirmedBy: ConfirmedBy.options.find((one) => one === value) }),
    },
    {
      kind: 'choice', key: 'source', label: t('log.field.source'), value: filter.source, options: LogSource.options.map((value) => ({ value, label: t(`log.source.${value}`) })),
      onChange: (value) => setFilter({ source: LogSource.options.find((one) => one === value) }),
    },
    // Comes with a link from a customer's page; it can only be taken away here.
    ...(filter.customerId === undefined ? [] : [{
      kind: 'choice' as const, key: 'customer', label: t('log.field.customer'), value: filter.customerId, options: [{ value: filter.customerId, label: customerName(filter.customerId, result.data?.items) ?? t('log.one_customer') }],
      onChange: (customerId: string | undefined) => setFilter({ customerId }),
    }]),
  ]
}

/** The filter by a customer's full number, which both lists have. */
export const customerNumberFilter = (value: string | undefined, onChange: (number: string | undefined) => void, t: TFunction): Filter => ({
  kind: 'text', key: 'number', label: t('log.field.customer_number'), value, hint: t('log.customer_number_hint'), ...byCustomerNumber, onChange,
})

const customerName = (id: string, items: NonNullable<Operations['result']['data']>['items'] | undefined): string | undefined => items?.find(({ customer }) => customer?.id === id)?.customer?.nameMasked
