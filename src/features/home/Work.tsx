import type { ReactNode } from 'react'
import type { Key } from '#src/i18n/i18n.ts'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import type { DeadlineKind, getHome } from '#contract/home.ts'
import { Icon } from '#src/components/Icon.tsx'
import { Section } from '#src/components/Section.tsx'
import { formatCount, formatDay, formatTime, lastChinaDay, zoneName } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { daysBetween } from './trend.ts'

type Home = Answer<typeof getHome>

/** Work that waits. The count of each is the number of rows of the list it opens. @param seesCustomers without it nobody counts for the person. */
export function Todos({ todos, seesCustomers }: Pick<Home, 'todos'> & { seesCustomers: boolean }) {
  const { t } = useTranslation()
  return (
    <Section title={t('home.work')}>
      {todos.length === 0 && <p className="second work-none">{t(seesCustomers ? 'home.work_none' : 'home.work_no_right')}</p>}
      <ul className="work">
        {todos.map(({ kind, count, filter }) => (
          <WorkLine key={kind} to={kind === 'incentives_to_confirm' ? paths.incentives(asQuery(filter)) : paths.customers(asQuery(filter))} title={t(`home.todo.${kind}`)} note={t(`home.todo_note.${kind}`)} count={t(kind === 'incentives_to_confirm' ? 'home.statements_unit' : 'home.customers_unit', { count, replace: { count: formatCount(count) } })} />
        ))}
      </ul>
    </Section>
  )
}

/** What ends soon, with the nearest date in the partner's zone; a day of China that counts to its end is named as everywhere, never as the beginning of the next. */
export function Deadlines({ deadlines, asOf }: Pick<Home, 'deadlines' | 'asOf'>) {
  const { t } = useTranslation()
  const left = (kind: DeadlineKind, nearest: string) => {
    const days = daysBetween(formatDay(asOf), kind === 'incentives_end' ? lastChinaDay(nearest) : formatDay(nearest))
    if (Date.parse(nearest) < Date.parse(asOf)) return t('home.overdue')
    return days === 0 ? t('home.today') : t('home.days_left', { count: days })
  }
  return (
    <Section title={t('home.deadlines')}>
      {deadlines.length === 0 && <p className="second work-none">{t('home.deadlines_none')}</p>}
      <ul className="work">
        {deadlines.map(({ kind, count, nearest, filter }) => (
          <WorkLine
            key={`${kind} ${filter}`} to={listOf(kind, filter)} title={t(`home.deadline.${kind}`)}
            note={<><span className="nowrap">{t('home.nearest', { time: kind === 'incentives_end' ? t('home.until_day', { day: lastChinaDay(nearest) }) : `${formatTime(nearest)} (${zoneName(nearest)})` })}</span> · <span className="nowrap">{left(kind, nearest)}</span></>}
            count={t(units[kind], { count, replace: { count: formatCount(count) } })}
          />
        ))}
      </ul>
    </Section>
  )
}

const WorkLine = ({ to, title, note, count }: { to: string; title: string; note: ReactNode; count: string }) => (
  <li>
    <Link to={to}>
      <span className="stack"><b>{title}</b><span>{note}</span></span>
      <span className="work-count">{count}</span>
      <Icon name="right" />
    </Link>
  </li>
)

const asQuery = (filter: string): Record<string, string> => Object.fromEntries(new URLSearchParams(filter))

const units = { resources_expire: 'home.customers_unit', resources_released: 'home.customers_unit', exports_expire: 'home.exports_unit', coupons_end: 'home.coupons_unit', quotas_end: 'home.quotas_unit', incentives_end: 'home.statements_unit' } as const satisfies Record<DeadlineKind, Key>

function listOf(kind: DeadlineKind, filter: string): string {
  switch (kind) {
    case 'resources_expire': case 'resources_released': return paths.customers(asQuery(filter))
    case 'exports_expire': return paths.exports(asQuery(filter))
    case 'coupons_end': return paths.couponsIssued(asQuery(filter))
    case 'incentives_end': return paths.incentives(asQuery(filter))
    case 'quotas_end': return paths.coupons(asQuery(filter))
  }
}
