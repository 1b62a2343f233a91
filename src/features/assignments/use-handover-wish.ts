import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssignedCustomer, previewHandover } from '#contract/assignments.ts'
import type { Input } from '#contract/endpoint.ts'
import { useSelection } from '#src/components/use-selection.ts'
import { serverNow } from '#src/lib/clock.ts'
import { chinaDay, isPlannable, planDays } from './rules.ts'

export type Wish = Input<typeof previewHandover>['body']

/** What the form of a handover holds. @param fromId who hands over, when it is known. @param ticked customers that were ticked before. */
export function useHandoverWish(fromId: string | undefined, ticked: readonly AssignedCustomer[] | undefined) {
  const { t } = useTranslation()
  const [from, setFromId] = useState(fromId ?? '')
  const [to, setTo] = useState('')
  const [which, setWhich] = useState<'all' | 'these'>(ticked ? 'these' : 'all')
  const [day, setDay] = useState(() => chinaDay(serverNow()))
  const [tells, setTells] = useState(true)
  const selection = useSelection<AssignedCustomer>((row) => row.id, ticked)
  const ids = selection.rows.map((row) => row.id)
  const last = chinaDay(serverNow(), planDays)
  const isDayWrong = !isPlannable(day, serverNow())
  const wish: Wish = { fromId: from, toId: to, day, customers: which === 'all' ? { which, except: ids } : { which, ids }, tellCustomers: tells }
  return {
    from, to, which, day, last, isDayWrong, tells, selection, wish, setTo, setDay, setTells,
    isDirty: to !== '' || (ticked === undefined && ids.length > 0),
    // Ticks mean something else now, or belong to somebody else.
    setFrom: (next: string) => { setFromId(next); selection.clear(); if (next === to) setTo('') },
    setWhich: (next: 'all' | 'these') => { setWhich(next); if (next !== which) selection.clear() },
    /** Why it cannot be previewed yet. */
    problem: from === '' ? t('assignments.handover.need_from') : to === '' ? t('assignments.handover.need_to')
      : which === 'these' && ids.length === 0 ? t('assignments.pick.need_one') : isDayWrong ? t('assignments.handover.day_wrong', { last }) : undefined,
  }
}

export type HandoverWish = ReturnType<typeof useHandoverWish>
