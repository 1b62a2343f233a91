import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import * as z from 'zod/mini'
import { type Handover, HandoverState, queryHandovers } from '#contract/assignments.ts'
import { Id } from '#contract/page.ts'
import { listQuery } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { FilterBar } from '#src/components/FilterBar.tsx'
import { SetFilter } from '#src/components/FilterChip.tsx'
import { type Filter, isSet } from '#src/components/filter-types.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu } from '#src/components/Menu.tsx'
import { NumberText } from '#src/components/NumberText.tsx'
import { StatusTag, type Tone } from '#src/components/StatusTag.tsx'
import type { Column } from '#src/components/table-types.ts'
import { Time } from '#src/components/Time.tsx'
import { type ListState, useListState } from '#src/components/use-list-state.ts'
import { serverNow } from '#src/lib/clock.ts'
import { formatCount } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import { isMoving } from './rules.ts'
import { asOptions, useChoices } from './use-choices.ts'

const ChangeHandoverDialog = lazy(async () => ({ default: (await import('./ChangeHandoverDialog.tsx')).ChangeHandoverDialog }))
const CancelQuestion = lazy(async () => ({ default: (await import('./CancelQuestion.tsx')).CancelQuestion }))

const HandoverFilter = z.strictObject({ state: z.optional(HandoverState), managerId: z.optional(Id) })
type HandoverFilter = z.infer<typeof HandoverFilter>
const tones = { PLANNED: 'info', RUNNING: 'info', DONE: 'success', CANCELLED: 'neutral' } as const satisfies Record<HandoverState, Tone>
/** Milliseconds between two looks at a handover that runs. */
const pace = 3000

/** Handovers that are planned, run, or are over. */
export function HandoversTab() {
  const { t } = useTranslation()
  const list = useListState({ filter: HandoverFilter })
  const result = useQuery({
    ...listQuery(queryHandovers, { body: { page: list.page, pageSize: list.pageSize, ...list.filter } }),
    refetchInterval: ({ state }) => (isMoving(state.data?.items ?? [], serverNow()) ? pace : false),
  })
  const { managers } = useChoices()
  const mayAssign = useCan('org.assign')
  const [asked, setAsked] = useState<{ what: 'change' | 'cancel'; row: Handover }>()
  const close = () => setAsked(undefined)
  const filters = handoverFilters(list, managers, t)
  return (
    <>
      <DataTable
        name="handovers" label={t('assignments.handover.list')} columns={useColumns()} rowKey={(row) => row.id} rowLabel={(row) => row.number} result={result} list={list}
        filters={<FilterBar filters={filters} inLine={2} onClear={list.clearFilter} />}
        {...(mayAssign && { actions: (row: Handover) => (row.state === 'PLANNED' ? <Actions row={row} onAsk={(what) => setAsked({ what, row })} /> : null), actionsWidth: 112 })}
        empty={{ title: t('assignments.handover.empty_title'), text: t('assignments.handover.empty_text') }}
        noMatch={{ title: t('assignments.handover.no_match'), chips: filters.filter(isSet).map((filter) => <SetFilter key={filter.key} filter={filter} />) }}
        foot={t('assignments.handover.foot')}
      />
      <Suspense>
        {asked?.what === 'change' && <ChangeHandoverDialog handover={asked.row} onClose={close} />}
        {asked?.what === 'cancel' && <CancelQuestion handover={asked.row} onClose={close} />}
      </Suspense>
    </>
  )
}

function Actions({ row, onAsk }: { row: Handover; onAsk: (what: 'change' | 'cancel') => void }) {
  const { t } = useTranslation()
  const label = t('common.more_actions', { row: row.number })
  return (
    <>
      <Button variant="row" onPress={() => onAsk('change')}>{t('assignments.handover.change')}</Button>
      <Menu label={label} items={[{ key: 'cancel', label: t('assignments.handover.cancel'), onPress: () => onAsk('cancel') }]}>{(trigger) => <IconButton icon="more" label={label} {...trigger} />}</Menu>
    </>
  )
}

const handoverFilters = ({ filter, setFilter }: ListState<HandoverFilter, never>, managers: readonly { id: string; nameMasked: string }[], t: TFunction): Filter[] => [
  {
    kind: 'choice', key: 'state', label: t('assignments.handover.state'), value: filter.state, options: HandoverState.options.map((value) => ({ value, label: t(`assignments.handover.states.${value}`) })),
    onChange: (value) => setFilter({ state: HandoverState.options.find((one) => one === value) }),
  },
  { kind: 'choice', key: 'manager', label: t('assignments.manager'), value: filter.managerId, options: asOptions(managers), onChange: (managerId) => setFilter({ managerId }) },
]

function useColumns(): Column<Handover>[] {
  const { t, i18n } = useTranslation()
  const isEnglish = i18n.language === 'en-US'
  return [
    { key: 'people', header: t('assignments.handover.people'), width: 130, card: 'lead', isFixed: true, cell: (row) => `${row.from.nameMasked} → ${row.to.nameMasked}` },
    { key: 'number', header: t('assignments.handover.number'), width: 156, cell: (row) => <NumberText number={row.number} what={t('assignments.handover.number')} /> },
    { key: 'day', header: t('assignments.handover.day'), width: 96, cell: (row) => row.day },
    { key: 'customers', header: t('assignments.handover.customers'), width: 92, isNumber: true, cell: (row) => <span className="stack"><span>{formatCount(row.customers)}</span>{row.kept > 0 && <span>{t('assignments.handover.kept', { count: row.kept, replace: { count: formatCount(row.kept) } })}</span>}</span> },
    { key: 'state', header: t('assignments.handover.state'), width: 136, card: 'state', isFixed: true, cell: (row) => <State row={row} /> },
    { key: 'tells', header: t('assignments.handover.tells'), width: isEnglish ? 112 : 84, cell: (row) => t(row.tellsCustomers ? 'assignments.handover.yes' : 'assignments.handover.no') },
    { key: 'operator', header: t('assignments.handover.operator'), width: 84, cell: (row) => row.operatorMasked },
    { key: 'created', header: t('assignments.handover.created'), width: 104, cell: (row) => <Time at={row.createdAt} /> },
    { key: 'done', header: t('assignments.handover.done'), width: 104, cell: (row) => (row.doneAt ? <Time at={row.doneAt} /> : <span className="quiet">–</span>) },
  ]
}

/** The state; of a running one also how far it has come. */
function State({ row }: { row: Handover }) {
  const { t } = useTranslation()
  const tag = <StatusTag tone={tones[row.state]} isPlain={row.state === 'DONE'}>{t(`assignments.handover.states.${row.state}`)}</StatusTag>
  if (row.state !== 'RUNNING') return tag
  const words = t('assignments.handover.moved', { moved: formatCount(row.moved), all: formatCount(row.customers) })
  return <span className="handover-running">{tag}<progress max={Math.max(1, row.customers)} value={row.moved} aria-label={words} /><span className="caption">{words}</span></span>
}
