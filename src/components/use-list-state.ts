import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import * as z from 'zod/mini'
import { Id, pageSizes } from '#contract/page.ts'

type Shape = Record<string, z.ZodMiniType>
export type FilterSchema = z.ZodMiniType<object> & { shape: Shape }

export type ListState<F, S extends string> = {
  page: number
  pageSize: number
  sort: S
  filter: F
  /** Opaque id of a look-up by personal data; the only trace of it in the address. */
  view: string | undefined
  /** Whether any filter is set. */
  isFiltered: boolean
  /** Changes filters; undefined removes one. Goes to page 1. */
  setFilter: (patch: { [K in keyof F]?: F[K] | undefined }) => void
  clearFilter: () => void
  /** A value that the list does not offer is ignored when the address is read. */
  setSort: (sort: string) => void
  /** @param options.replace where nobody chose the page: Back then passes over the present one. */
  setPage: (page: number, options?: { replace: boolean }) => void
  setPageSize: (size: number) => void
  /** Puts the id of a new look-up into the address, or takes it out. Goes to page 1 unless told otherwise. */
  setView: (view: string | undefined, options?: { keepPage: boolean }) => void
  /** Changes whenever page, sort, filter or view do: revealed values hide then. */
  viewKey: string
}

const reserved = ['page', 'size', 'sort', 'view']

/** What a list shows, kept in the address. Each parameter has its own fallback, so a bad one does not clear the others.
 *  @param options.filter the contract's filter schema; none of its fields may be personal. @param options.sort the contract's sort values,
 *  the first being usual; without it the list has one order. @param options.prefix in front of each parameter, for the second list of a page. */
export function useListState<F extends FilterSchema, S extends string = never>(options: { filter: F; sort?: { options: readonly S[]; initial: S }; pageSize?: number; prefix?: string }): ListState<z.output<F>, S> {
  const [search, setSearch] = useSearchParams()
  const { prefix = '' } = options
  const text = search.toString()
  const read = useMemo(() => readState(new URLSearchParams(text), options.filter, options.pageSize ?? 10, prefix), [text, options.filter, options.pageSize, prefix])
  // The contract lists at least one order; a list without one never reads `sort`.
  const initial = options.sort?.initial
  const sort = options.sort?.options.find((one) => one === search.get(`${prefix}sort`)) ?? initial

  const change = (patch: Record<string, string | undefined>, replace: boolean) => setSearch((present) => {
    const next = new URLSearchParams(present)
    for (const [name, value] of Object.entries(patch)) {
      if (value === undefined || value === '') next.delete(prefix + name)
      else next.set(prefix + name, value)
    }
    return next
  }, { replace, preventScrollReset: true })

  return {
    ...read,
    // oxlint-disable-next-line typescript/consistent-type-assertions -- without sort options S is never, and nothing can read the value
    sort: sort as S,
    setFilter: (patch) => change({ ...Object.fromEntries(Object.entries(patch).map(([name, value]) => [name, value === undefined ? undefined : String(value)])), page: undefined }, true),
    clearFilter: () => change({ ...Object.fromEntries(Object.keys(options.filter.shape).map((name) => [name, undefined])), page: undefined, view: undefined }, true),
    setSort: (next) => change({ sort: next === initial ? undefined : next, page: undefined }, false),
    setPage: (page, { replace } = { replace: false }) => change({ page: page === 1 ? undefined : String(page) }, replace),
    setPageSize: (size) => change({ size: size === (options.pageSize ?? 10) ? undefined : String(size), page: undefined }, false),
    setView: (view, { keepPage } = { keepPage: false }) => change(keepPage ? { view } : { view, page: undefined }, true),
    viewKey: [read.page, read.pageSize, sort, read.view, JSON.stringify(read.filter)].join(' '),
  }
}

const PageNumber = z.int().check(z.minimum(1), z.maximum(100_000))

function readState<F extends FilterSchema>(search: URLSearchParams, schema: F, usualSize: number, prefix: string) {
  const found: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    const text = search.get(prefix + name)
    if (text === null || reserved.includes(name)) continue
    const value = firstThatFits(field, text)
    if (value !== undefined) found[name] = value
  }
  const page = PageNumber.safeParse(Number(search.get(`${prefix}page`) ?? 1))
  const size = Number(search.get(`${prefix}size`) ?? usualSize)
  const view = Id.safeParse(search.get(`${prefix}view`))
  return {
    filter: schema.parse(found),
    isFiltered: Object.keys(found).length > 0 || view.success,
    page: page.success ? page.data : 1,
    pageSize: pageSizes.some((one) => one === size) ? size : usualSize,
    view: view.success ? view.data : undefined,
  }
}

/** An address holds texts only; a field may want a number, or yes or no. */
function firstThatFits(field: z.ZodMiniType, text: string): unknown {
  for (const candidate of [text, /^-?\d{1,15}$/.test(text) ? Number(text) : undefined, text === 'true' ? true : text === 'false' ? false : undefined]) {
    if (candidate === undefined) continue
    const parsed = field.safeParse(candidate)
    if (parsed.success) return parsed.data
  }
  return undefined
}
