import i18next from 'i18next'
import { beforeAll, expect, test, vi } from 'vitest'
import { isSet } from '#src/components/filter-types.ts'
import { Masked } from '#contract/masked.ts'
import { loadRest, startTexts } from '#src/i18n/i18n.ts'
import { prospectFilters } from './prospect-filters.ts'
import type { ProspectList } from './use-prospect-list.ts'

beforeAll(async () => {
  document.documentElement.lang = 'en-US'
  await startTexts()
  await loadRest()
})

type Given = Parameters<typeof prospectFilters>[0]
const nothing = () => undefined
const list = (filter: ProspectList['list']['filter'], setFilter: ProspectList['list']['setFilter'] = nothing): ProspectList['list'] => ({
  page: 1, pageSize: 10, sort: '-reportedAt', filter, view: undefined, isFiltered: false, setFilter, clearFilter: nothing, setSort: nothing, setPage: nothing, setPageSize: nothing, setView: nothing, viewKey: '',
})
const filters = (given: Partial<Given> = {}) => prospectFilters({ list: list({}), lookup: undefined, kept: [], setLookup: nothing, managers: [], ...given }, i18next.t)
const find = (key: string, given?: Partial<Given>) => filters(given).find((filter) => filter.key === key)

test('without an address nothing is set, and every filter of the list is there', () => {
  expect(filters().filter(isSet)).toEqual([])
  expect(filters().map(({ key }) => key)).toEqual(['state', 'invitation', 'reported', 'manager', 'mobile', 'email', 'todo'])
})

test('choosing a state filters by it, a value that is none by nothing', () => {
  const setFilter = vi.fn<ProspectList['list']['setFilter']>()
  const state = find('state', { list: list({}, setFilter) })
  if (state?.kind !== 'choice') throw new Error('the state is a choice')
  state.onChange('REPORTED')
  state.onChange('NO_SUCH')
  expect(setFilter.mock.calls).toEqual([[{ state: 'REPORTED' }], [{ state: undefined }]])
  expect(state.options.map(({ label }) => label)).toContain('Under review')
})

test('those never invited are a choice beside the states of invitations', () => {
  const setFilter = vi.fn<ProspectList['list']['setFilter']>()
  const invitation = find('invitation', { list: list({}, setFilter) })
  if (invitation?.kind !== 'choice') throw new Error('the invitation is a choice')
  invitation.onChange('none')
  expect(setFilter).toHaveBeenCalledWith({ invitation: 'none' })
  expect(invitation.options[0]).toEqual({ value: 'none', label: 'Not invited' })
})

test('managers are chosen by their masked names, and nobody is one of them', () => {
  const manager = find('manager', { managers: [{ id: 'm1', nameMasked: Masked.parse('张**') }] })
  expect(manager?.kind === 'choice' && manager.options.map(({ label }) => label)).toEqual(['Unassigned', '张**'])
})

test('a look-up from before a reload stands in its filter, also by name, without its words', () => {
  const kept = filters({ kept: ['name', 'mobile'] }).filter(isSet)
  expect(kept.map((filter) => [filter.key, filter.kind === 'text' && filter.kept])).toEqual([['name', 'as looked up before'], ['mobile', 'as looked up before']])
})
