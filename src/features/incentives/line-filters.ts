import type { TFunction } from 'i18next'
import { BarKey, BillingMode, FeedbackState, LineSort } from '#contract/incentives.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { formatMonth } from '#src/lib/format.ts'
import { byCustomerNumber, mobileOrLast4, namePart } from '#src/lib/look-up.ts'
import { associationAndProduct } from './statement-filters.ts'
import type { LineList } from './use-line-list.ts'

const answers = ['true', 'false'] as const
const feedbackStates = [...FeedbackState.options, 'none'] as const
/** `carried` has no lines. */
const barsWithLines = BarKey.options.filter((bar) => bar !== 'carried')

/** @param isOfStatement leaves out what is the same for every line of a statement. @returns the filters in the order in which people reach for
 *  them. Name, mobile and reseller travel in the request body; the others stand in the address. */
export function lineFilters({ list, lookup, kept, setLookup, reseller, setReseller, choices }: LineList, t: TFunction, isOfStatement: boolean): Filter[] {
  const { filter, setFilter } = list
  const keptText = (kind: 'name' | 'mobile') => (kept.includes(kind) ? t('incentives.kept_lookup') : undefined)
  const typed = (key: 'statementNumber' | 'order' | 'dataNumber' | 'customerNumber', label: string): Filter => ({ kind: 'text', key, label, value: filter[key], hint: t('incentives.hint_full'), ...(key === 'customerNumber' && byCustomerNumber), onChange: (value) => setFilter({ [key]: value }) })
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('incentives.field.customer'), value: undefined, kept: keptText('name'), check: namePart, onChange: (name: string | undefined) => setLookup({ ...lookup, name }) }] : []),
    { kind: 'choice', key: 'bar', label: t('incentives.field.bar'), value: filter.bar, options: barsWithLines.map((value) => ({ value, label: t(`incentives.bar.${value}`) })), onChange: (value) => setFilter({ bar: BarKey.options.find((one) => one === value) }) },
    ...(isOfStatement ? [] : ofStatements({ list, choices }, t)),
    { kind: 'choice', key: 'feedback', label: t('incentives.field.feedback'), value: filter.feedbackState, options: feedbackStates.map((value) => ({ value, label: t(`incentives.feedback_state.${value}`) })), onChange: (value) => setFilter({ feedbackState: feedbackStates.find((one) => one === value) }) },
    { kind: 'choice', key: 'manager', label: t('incentives.field.manager'), value: filter.managerId, options: [{ value: 'unassigned', label: t('incentives.unassigned') }, ...(choices?.managers ?? []).map((one) => ({ value: one.id, label: one.nameMasked }))], onChange: (managerId) => setFilter({ managerId }) },
    { kind: 'text', key: 'mobile', label: t('incentives.field.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('incentives.hint_mobile'), check: mobileOrLast4, onChange: (mobile) => setLookup({ ...lookup, mobile }) },
    typed('customerNumber', t('incentives.field.customer_number')), typed('order', t('incentives.field.order')), typed('dataNumber', t('incentives.field.data_number')),
    ...associationAndProduct(list, choices, t),
    { kind: 'choice', key: 'billing', label: t('incentives.field.billing'), value: filter.billingMode, options: BillingMode.options.map((value) => ({ value, label: t(`incentives.billing.${value}`) })), onChange: (value) => setFilter({ billingMode: BillingMode.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'isFrozen', label: t('incentives.field.is_frozen'), value: filter.isFrozen?.toString(), options: answers.map((value) => ({ value, label: t(`incentives.yes_no.${value}`) })), onChange: (value) => setFilter({ isFrozen: value === undefined ? undefined : value === 'true' }) },
    ...(isOfStatement ? [] : [typed('statementNumber', t('incentives.field.number'))]),
    { kind: 'text', key: 'reseller', label: t('incentives.field.reseller'), value: reseller, isPersonal: true, hint: t('incentives.hint_reseller'), check: namePart, onChange: setReseller },
  ]
}

/** What tells lines of different statements apart. */
function ofStatements({ list: { filter, setFilter }, choices }: Pick<LineList, 'list' | 'choices'>, t: TFunction): Filter[] {
  return [
    { kind: 'choice', key: 'period', label: t('incentives.field.period'), value: filter.period, options: (choices?.periods ?? []).map((value) => ({ value, label: formatMonth(value) })), onChange: (period) => setFilter({ period }) },
    { kind: 'choice', key: 'program', label: t('incentives.field.program'), value: filter.programId, options: (choices?.programs ?? []).map(({ id, name }) => ({ value: id, label: name })), onChange: (programId) => setFilter({ programId }) },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const lineSortFilter = ({ list: { sort, setSort } }: Pick<LineList, 'list'>, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('incentives.field.sort'), value: sort === '-incentive' ? undefined : sort,
  options: LineSort.options.map((value) => ({ value, label: t(`incentives.line_sort.${value}`) })), onChange: (value) => setSort(value ?? '-incentive'),
})
