import type { ManagerFilter, ManagerRow, ManagerSort } from '#contract/assignments.ts'
import type { Reply } from '#contract/endpoint.ts'
import type { queryManagers } from '#contract/assignments.ts'
import { fromMinor } from '#contract/money.ts'
import { seesWholePartner, type Actor } from '#server/auth/actor.ts'
import { every } from '#server/db/days.ts'
import { sql, type SQL } from '#server/db/query.ts'
import type { Tx } from '#server/db/transaction.ts'
import { maskName } from '#server/masking/mask.ts'
import { chinaDay } from '#server/operations/assign.ts'
import { rowScope } from '#server/operations/invite-state.ts'
import { sortManagers, sumFigures, type Figures } from './rules.ts'

type Row = Figures & { id: string | null; name: string; login: string; directorId: string | null; directorName: string | null; isActive: boolean; isWanted: boolean }
type Manager = Row & { id: string }

/** Whoever has no account manager stands under it in the kept figures. */
const nobody = sql`'00000000-0000-0000-0000-000000000000'::uuid`

/** Figures of everybody who is an account manager, has customers, or has figures of this month from before; and of what belongs to nobody. All in one
 *  statement, so that the rows and the total are of the same moment. */
async function readFigures(tx: Tx, now: Date, actor: Actor, filter: ManagerFilter): Promise<Row[]> {
  const partner = actor.partner.id
  return await tx.rows<Row>(sql`
    with held as (select t.manager_id as id, t.customers, t.month_expenditure as spent from manager_totals t where t.partner_id = ${partner} and t.customers > 0),
    counted as (
      select d.manager_id as id, sum(d.amount)::bigint as amount from manager_days d
       where d.partner_id = ${partner} and d.day >= date_trunc('month', ${chinaDay(now)})::date and d.day < (date_trunc('month', ${chinaDay(now)}) + interval '1 month')::date
       group by d.manager_id having sum(d.amount) <> 0
    )
    select m.id, m.name, m.login, d.id as "directorId", d.name as "directorName", m.state = 'ACTIVE' and 'manager' = any(m.roles) as "isActive", ${every(conditions(partner, filter))} as "isWanted",
           coalesce(h.customers, 0) as customers, coalesce(h.spent, 0)::bigint as "monthExpenditure", coalesce(k.amount, 0)::bigint as "monthPerformance"
      from members m left join members d on d.partner_id = m.partner_id and d.id = m.director_id left join held h on h.id = m.id left join counted k on k.id = m.id
     where m.partner_id = ${partner} and ${rowScope(actor, sql`m.id`)} and ('manager' = any(m.roles) or h.id is not null or k.id is not null)
    union all
    select null, '', '', null, null, false, false, coalesce((select customers from held where id = ${nobody}), 0), coalesce((select spent from held where id = ${nobody}), 0)::bigint, coalesce((select amount from counted where id = ${nobody}), 0)::bigint
     where ${seesWholePartner(actor)}::boolean`)
}

function conditions(partnerId: string, { managerId, directorId, customerNumber }: ManagerFilter): SQL[] {
  return [
    ...(managerId === undefined ? [] : [sql`m.id = ${managerId}::uuid`]),
    ...(directorId === undefined ? [] : [directorId === 'none' ? sql`m.director_id is null` : sql`m.director_id is not distinct from ${directorId}::uuid`]),
    ...(customerNumber === undefined ? [] : [sql`exists (select 1 from customers f where f.partner_id = ${partnerId} and f.manager_id = m.id and f.number = ${customerNumber.replaceAll(' ', '')})`]),
  ]
}

const isManager = (row: Row): row is Manager => row.id !== null

/** @returns a page of managers with their figures; whatever the filters show, the totals are of everybody the person sees. What belongs to nobody is told to whoever sees the whole partner. */
export async function listManagers(tx: Tx, now: Date, actor: Actor, { filter, sort, page, pageSize }: { filter: ManagerFilter; sort: ManagerSort; page: number; pageSize: number }): Promise<Reply<typeof queryManagers>> {
  const rows = await readFigures(tx, now, actor, filter)
  const wanted = sortManagers(rows.filter(isManager).filter(({ isWanted }) => isWanted), sort)
  const unassigned = rows.find(({ id }) => id === null)
  return {
    items: wanted.slice((page - 1) * pageSize, page * pageSize).map(presentManager), total: wanted.length,
    unassigned: unassigned ? presentFigures(unassigned) : null, all: presentFigures(sumFigures(rows)), asOf: now.toISOString(),
  }
}

/** @returns one manager's row; undefined for somebody the person does not see, or who is and was no account manager. */
export async function readManagerRow(tx: Tx, now: Date, actor: Actor, managerId: string): Promise<ManagerRow | undefined> {
  const found = (await readFigures(tx, now, actor, { managerId })).filter(isManager).find(({ isWanted }) => isWanted)
  return found && presentManager(found)
}

const presentFigures = ({ customers, monthExpenditure, monthPerformance }: Figures) => ({ customers, monthExpenditure: fromMinor(monthExpenditure), monthPerformance: fromMinor(monthPerformance) })

const presentManager = (row: Manager): ManagerRow => ({
  ...presentFigures(row), manager: { id: row.id, nameMasked: maskName(row.name) }, login: row.login, isActive: row.isActive,
  director: row.directorId === null ? null : { id: row.directorId, nameMasked: maskName(row.directorName ?? '') },
})
