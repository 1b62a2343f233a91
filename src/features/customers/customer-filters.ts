import type { TFunction } from 'i18next'
import { AccountStateFilter, AssociationType, CustomerSort, CustomerTodo } from '#contract/customers.ts'
import { parseAmount } from '#contract/money.ts'
import type { Filter } from '#src/components/filter-types.ts'
import { byCustomerNumber, emailOrLast4, mobileOrLast4, namePart } from '#src/lib/look-up.ts'
import type { CustomerList } from './use-customer-list.ts'

/** @returns the filters in the order in which people reach for them. Mobile and email travel in the request body; the others stand in the address. */
export function customerFilters({ list, lookup, kept, setLookup, choices }: CustomerList, t: TFunction): Filter[] {
  const { filter, setFilter } = list
  const keptText = (kind: 'name' | 'mobile' | 'email') => (kept.includes(kind) ? t('customers.kept_lookup') : undefined)
  const managers = [{ value: 'unassigned', label: t('customers.unassigned') }, ...(choices?.managers ?? []).map((manager) => ({ value: manager.id, label: manager.nameMasked }))]
  return [
    ...(kept.includes('name') ? [{ kind: 'text' as const, key: 'name', label: t('customers.field.customer_name'), value: undefined, kept: keptText('name'), check: namePart, onChange: (name: string | undefined) => setLookup({ ...lookup, name }) }] : []),
    { kind: 'days', key: 'associated', label: t('customers.field.associated_at'), from: filter.associatedFrom, to: filter.associatedTo, onChange: ({ from, to }) => setFilter({ associatedFrom: from, associatedTo: to }) },
    { kind: 'choice', key: 'manager', label: t('customers.field.manager'), options: managers, value: filter.manager, onChange: (manager) => setFilter({ manager }) },
    {
      kind: 'choice', key: 'state', label: t('customers.field.state'), value: filter.state, options: AccountStateFilter.options.map((value) => ({ value, label: t(`customers.state.${value}`) })),
      onChange: (value) => setFilter({ state: AccountStateFilter.options.find((one) => one === value) }),
    },
    { kind: 'numbers', key: 'budget', label: t('customers.field.budget_used'), unit: '%', min: filter.budgetUsedMin, max: filter.budgetUsedMax, onChange: ({ min, max }) => setFilter({ budgetUsedMin: min, budgetUsedMax: max }) },
    { kind: 'text', key: 'mobile', label: t('customers.field.mobile'), value: lookup?.mobile, kept: keptText('mobile'), isPersonal: true, hint: t('customers.hint_mobile'), check: mobileOrLast4, onChange: (mobile) => setLookup({ ...lookup, mobile }) },
    { kind: 'text', key: 'email', label: t('customers.field.email'), value: lookup?.email, kept: keptText('email'), isPersonal: true, hint: t('customers.hint_email'), check: emailOrLast4, onChange: (email) => setLookup({ ...lookup, email }) },
    {
      kind: 'choice', key: 'type', label: t('customers.field.type'), value: filter.associationType, options: AssociationType.options.map((value) => ({ value, label: t(`customers.type.${value}`) })),
      onChange: (value) => setFilter({ associationType: AssociationType.options.find((one) => one === value) }),
    },
    tagFilter({ list, choices }, t),
    { kind: 'text', key: 'number', label: t('customers.field.number'), value: filter.number, hint: t('customers.hint_number'), ...byCustomerNumber, onChange: (number) => setFilter({ number }) },
    { kind: 'amounts', key: 'balance', label: t('customers.field.balance'), min: filter.balanceMin, max: filter.balanceMax, onChange: ({ min, max }) => setFilter({ balanceMin: amount(min), balanceMax: amount(max) }) },
    {
      kind: 'amounts', key: 'expenditure', label: t('customers.field.expenditure'), min: filter.monthExpenditureMin, max: filter.monthExpenditureMax,
      onChange: ({ min, max }) => setFilter({ monthExpenditureMin: amount(min), monthExpenditureMax: amount(max) }),
    },
    { kind: 'days', key: 'expiry', label: t('customers.field.next_expiry'), future: true, from: filter.expiryFrom, to: filter.expiryTo, onChange: ({ from, to }) => setFilter({ expiryFrom: from, expiryTo: to }) },
    {
      kind: 'choice', key: 'todo', label: t('customers.field.todo'), value: filter.todo, options: CustomerTodo.options.map((value) => ({ value, label: t(`customers.todo.${value}`) })),
      onChange: (value) => setFilter({ todo: CustomerTodo.options.find((one) => one === value) }),
    },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const sortFilter = ({ list }: CustomerList, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('customers.field.sort'), value: list.sort === '-associatedAt' ? undefined : list.sort,
  options: CustomerSort.options.map((value) => ({ value, label: t(`customers.sort.${value}`) })), onChange: (value) => list.setSort(value ?? '-associatedAt'),
})

/** Few tags are a choice; many are typed. */
function tagFilter({ list: { filter, setFilter }, choices }: Pick<CustomerList, 'list' | 'choices'>, t: TFunction): Filter {
  const common = { key: 'tag', label: t('customers.field.tag'), value: filter.tag, onChange: (tag: string | undefined) => setFilter({ tag }) }
  const tags = choices?.tags ?? []
  if (tags.length === 0 || tags.length > 30) return { kind: 'text', hint: t('customers.hint_tag'), ...common }
  return { kind: 'choice', options: tags.map((tag) => ({ value: tag, label: tag })), ...common }
}

const amount = (text: string | undefined) => (text === undefined ? undefined : parseAmount(text))
