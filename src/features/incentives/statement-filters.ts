import type { TFunction } from 'i18next'
import * as z from 'zod/mini'
import { AssociationType } from '#contract/customers.ts'
import type { Answer } from '#contract/endpoint.ts'
import { type getIncentiveChoices, OnDeadline, ProgramKind, StatementFilter, StatementSort, StatementState } from '#contract/incentives.ts'
import type { Filter } from '#src/components/filter-types.ts'
import type { ListState } from '#src/components/use-list-state.ts'
import { formatMonth } from '#src/lib/format.ts'

export type IncentiveChoices = Answer<typeof getIncentiveChoices>
type List = ListState<StatementFilter, StatementSort>

const { onDeadline: _onDeadline, kind: _kind, ...projectFields } = StatementFilter.shape
/** On the page of project incentives what happens at the deadline is the page, not a filter. */
export const ProjectFilter = z.strictObject(projectFields)

const todos = ['confirm', 'request'] as const
const answers = ['true', 'false'] as const

/** @param choices what the filters offer; nothing while it is on its way. @param isProjects leaves out what is the same for every row there.
 *  @returns the filters in the order in which people reach for them; none is personal. */
export function statementFilters({ filter, setFilter }: Pick<List, 'filter' | 'setFilter'>, choices: IncentiveChoices | undefined, t: TFunction, isProjects = false): Filter[] {
  const kinds: Filter = { kind: 'choice', key: 'kind', label: t('incentives.field.kind'), value: filter.kind, options: ProgramKind.options.map((value) => ({ value, label: t(`incentives.kind.${value}`) })), onChange: (value) => setFilter({ kind: ProgramKind.options.find((one) => one === value) }) }
  const onDeadline: Filter = { kind: 'choice', key: 'onDeadline', label: t('incentives.field.on_deadline'), value: filter.onDeadline, options: OnDeadline.options.map((value) => ({ value, label: t(`incentives.on_deadline.${value}`) })), onChange: (value) => setFilter({ onDeadline: OnDeadline.options.find((one) => one === value) }) }
  return [
    { kind: 'choice', key: 'state', label: t('incentives.field.state'), value: filter.state, options: StatementState.options.map((value) => ({ value, label: t(`incentives.state.${value}`) })), onChange: (value) => setFilter({ state: StatementState.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'period', label: t('incentives.field.period'), value: filter.period, options: (choices?.periods ?? []).map((value) => ({ value, label: formatMonth(value) })), onChange: (period) => setFilter({ period }) },
    { kind: 'choice', key: 'program', label: t('incentives.field.program'), value: filter.programId, options: (choices?.programs ?? []).map(({ id, name }) => ({ value: id, label: name })), onChange: (programId) => setFilter({ programId }) },
    { kind: 'choice', key: 'todo', label: t('incentives.field.todo'), value: filter.todo, options: todos.map((value) => ({ value, label: t(`incentives.todo.${value}`) })), onChange: (value) => setFilter({ todo: todos.find((one) => one === value) }) },
    { kind: 'choice', key: 'year', label: t('incentives.field.year'), value: filter.year?.toString(), options: (choices?.years ?? []).map((year) => ({ value: String(year), label: String(year) })), onChange: (year) => setFilter({ year: year === undefined ? undefined : Number(year) }) },
    ...associationAndProduct({ filter, setFilter }, choices, t),
    { kind: 'choice', key: 'isFrozen', label: t('incentives.field.is_frozen'), value: filter.isFrozen?.toString(), options: answers.map((value) => ({ value, label: t(`incentives.yes_no.${value}`) })), onChange: (value) => setFilter({ isFrozen: value === undefined ? undefined : value === 'true' }) },
    ...(isProjects ? [] : [kinds, onDeadline]),
  ]
}

type Shared = { associationType?: AssociationType | undefined; productType?: string | undefined }

/** The filters that statements and lines have in common. */
export function associationAndProduct({ filter, setFilter }: { filter: Shared; setFilter: (patch: Shared) => void }, choices: IncentiveChoices | undefined, t: TFunction): Filter[] {
  return [
    { kind: 'choice', key: 'type', label: t('incentives.field.type'), value: filter.associationType, options: AssociationType.options.map((value) => ({ value, label: t(`customers.type.${value}`) })), onChange: (value) => setFilter({ associationType: AssociationType.options.find((one) => one === value) }) },
    { kind: 'choice', key: 'product', label: t('incentives.field.product'), value: filter.productType, options: (choices?.productTypes ?? []).map((value) => ({ value, label: value })), onChange: (productType) => setFilter({ productType }) },
  ]
}

/** The order of the list, for phones, where there are no column heads to press. */
export const statementSortFilter = ({ sort, setSort }: Pick<List, 'sort' | 'setSort'>, t: TFunction): Filter => ({
  kind: 'choice', key: 'sort', label: t('incentives.field.sort'), value: sort === '-period' ? undefined : sort,
  options: StatementSort.options.map((value) => ({ value, label: t(`incentives.sort.${value}`) })), onChange: (value) => setSort(value ?? '-period'),
})
