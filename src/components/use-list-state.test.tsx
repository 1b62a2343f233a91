import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter, useLocation } from 'react-router'
import { expect, test } from 'vitest'
import { CustomerFilter, CustomerSort } from '#contract/customers.ts'
import { useListState } from './use-list-state.ts'

function open(address: string) {
  const wrapper = ({ children }: { children: ReactNode }) => <MemoryRouter initialEntries={[address]}>{children}</MemoryRouter>
  const { result } = renderHook(() => ({
    list: useListState({ filter: CustomerFilter, sort: { options: CustomerSort.options, initial: '-associatedAt' } }), address: useLocation(),
  }), { wrapper })
  return { list: () => result.current.list, search: () => new URLSearchParams(result.current.address.search) }
}

test('a bare address shows the usual view', () => {
  const { list } = open('/customers')
  expect(list()).toMatchObject({ page: 1, pageSize: 10, sort: '-associatedAt', filter: {}, view: undefined, isFiltered: false })
})

test('a link gives a colleague the same view, numbers as numbers', () => {
  const { list } = open('/customers?page=3&size=50&sort=-balance&state=NORMAL&balanceMin=100.00&budgetUsedMin=75&number=2081458841')
  expect(list()).toMatchObject({ page: 3, pageSize: 50, sort: '-balance', isFiltered: true, filter: { state: 'NORMAL', balanceMin: '100.00', budgetUsedMin: 75, number: '2081458841' } })
})

test('a bad parameter falls back alone and leaves the others', () => {
  const { list } = open('/customers?page=minus&size=7&sort=name&state=MELTED&tag=East')
  expect(list()).toMatchObject({ page: 1, pageSize: 10, sort: '-associatedAt', filter: { tag: 'East' } })
  expect(list().filter.state).toBeUndefined()
})

test('another filter goes to page 1 and keeps size and sort', () => {
  const { list, search } = open('/customers?page=3&size=50&sort=balance')
  act(() => list().setFilter({ state: 'ACCOUNT_FROZEN' }))
  expect(list()).toMatchObject({ page: 1, pageSize: 50, sort: 'balance', filter: { state: 'ACCOUNT_FROZEN' } })
  expect(search().has('page')).toBe(false)
})

test('clearing takes every filter and the look-up away, and nothing else', () => {
  const { list, search } = open('/customers?state=NORMAL&tag=East&view=7f3a1c52-8d0e-4f6b-9a77-2f1de0c4b511&size=20&ids=1')
  act(() => list().clearFilter())
  expect(list().isFiltered).toBe(false)
  expect([...search().keys()].toSorted()).toEqual(['ids', 'size'])
})

test('whatever changes the rows in view changes the key that hides revealed values', () => {
  const { list } = open('/customers')
  const keys = new Set([list().viewKey])
  for (const change of [() => list().setPage(2), () => list().setSort('balance'), () => list().setFilter({ tag: 'East' }), () => list().setPageSize(20)]) {
    act(change)
    keys.add(list().viewKey)
  }
  expect(keys.size).toBe(5)
})
