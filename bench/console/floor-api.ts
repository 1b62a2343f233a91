import type { Api } from './front.ts'

const STATUSES = ['active', 'trial', 'suspended', 'closed']
const PLANS = ['Free', 'Team', 'Business', 'Enterprise']
const DAY = 86_400_000

function makeRows(count: number, label: string) {
  return Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    name: `${label} ${i + 1}`,
    email: `person${i + 1}@example.com`,
    status: STATUSES[i % STATUSES.length],
    plan: PLANS[(i * 7) % PLANS.length],
    seats: (i * 13) % 500,
    balance: (((i * 3701) % 900_000) / 100).toFixed(2),
    created: new Date(Date.UTC(2024, 0, 1) + ((i * 37) % 700) * DAY).toISOString().slice(0, 10),
  }))
}

const lists = new Map([
  ['/api/customers', makeRows(10_000, 'Customer')],
  ['/api/invoices', makeRows(10_000, 'Invoice')],
])

/** The API of the floors: two lists of 10,000 rows, searched and cut into pages here. */
export const floorApi: Api = ({ target }) => {
  const { pathname, searchParams } = new URL(target, 'https://localhost')
  const q = (searchParams.get('q') ?? '').toLowerCase()
  const [page, size] = [Number(searchParams.get('page')), Number(searchParams.get('size'))]
  const rows = (lists.get(pathname) ?? []).filter((row) => `${row.name} ${row.email}`.toLowerCase().includes(q))
  const body = Buffer.from(JSON.stringify({ rows: rows.slice((page - 1) * size, page * size), total: rows.length }))
  return { status: 200, headers: { 'content-type': 'application/json', 'cache-control': 'no-store' }, body }
}
