import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { revealFields, type RevealField, type RevealSubject } from '#contract/reveals.ts'
import { ApiError } from '#src/api/api-error.ts'
import { call } from '#src/api/call.ts'
import { learnServerTime, serverNow } from '#src/lib/clock.ts'
import { useNow } from '#src/lib/use-now.ts'
import { useCan } from '#src/session/use-session.ts'
import { showToast } from './toast.ts'
import { type Reveal, RevealContext, type RevealedValue } from './use-reveal.ts'

type Values = ReadonlyMap<string, RevealedValue>
const none: Values = new Map()
const place = (id: string, field: RevealField) => `${id} ${field}`

/** Holds the clear values of one page, in memory only. They leave after 60 seconds, when the tab is hidden, when `viewKey` changes, and with
 *  the page. @param page the path without query, for the record. @param subject what the ids are of. @param viewKey what is in view: page, sort,
 *  filter. */
export function RevealProvider({ page, subject = 'customer', viewKey = '', children }: { page: string; subject?: RevealSubject; viewKey?: string; children: ReactNode }) {
  const { t } = useTranslation()
  const mayReveal = useCan('data.reveal')
  // Another object for each view, also when an earlier one is in view again: what was revealed before is not on the screen even once, and then gone.
  const shown = useMemo(() => ({ viewKey }), [viewKey])
  const [held, setHeld] = useState({ view: shown, values: none })
  const values = held.view === shown ? held.values : none
  const view = useRef(shown)
  useEffect(() => {
    view.current = shown
    return () => setHeld({ view: shown, values: none })
  }, [shown])
  const setValues = useCallback((next: (present: Values) => Values) => setHeld((present) => {
    const before = present.view === view.current ? present.values : none
    const after = next(before)
    return after === before && before === present.values ? present : { view: view.current, values: after }
  }), [])
  const now = useHiding(values, setValues)

  const reveal = useMemo<Reveal>(() => {
    const change = (ids: readonly string[], fields: readonly RevealField[], value: (id: string, field: RevealField) => RevealedValue | undefined) => setValues((present) => {
      const next = new Map(present)
      for (const id of ids) for (const field of fields) {
        const one = value(id, field)
        if (one) next.set(place(id, field), one)
        else next.delete(place(id, field))
      }
      return next
    })
    const show = async (ids: readonly string[], fields: readonly RevealField[]) => {
      if (ids.length === 0) return
      const asked = view.current
      change(ids, fields, () => ({ at: 'loading' }))
      try {
        const answer = await call(revealFields, { body: { subject, ids: [...ids], fields: [...fields], page } })
        learnServerTime(answer.now)
        if (view.current !== asked || document.hidden) return change(ids, fields, () => undefined)
        const found = new Map(answer.items.map((item) => [item.id, item.values]))
        change(ids, fields, (id, field) => ({ at: 'shown', value: found.get(id)?.[field] ?? null, hideAt: Date.parse(answer.hideAt) }))
      } catch (error) {
        const text = error instanceof ApiError ? error.failure.detail : t('common.eye.failed')
        change(ids, fields, () => (view.current === asked ? { at: 'failed', text } : undefined))
        showToast({ tone: 'warning', title: t('common.eye.failed'), text })
      }
    }
    return {
      mayReveal,
      isAnyShown: [...values.values()].some((value) => value.at === 'shown'),
      now,
      find: (id, field) => values.get(place(id, field)),
      show: (ids, fields) => void show(ids, fields),
      hide: (ids, fields) => change(ids, fields, () => undefined),
      hideAll: () => setValues(() => none),
    }
  }, [values, setValues, now, mayReveal, page, subject, t])
  return <RevealContext value={reveal}>{children}</RevealContext>
}

/** Takes values away when their time is over or the tab is hidden. @returns the present instant while anything is shown. */
function useHiding(values: Values, setValues: (change: (present: Values) => Values) => void): number {
  const isAnyShown = values.size > 0
  const now = useNow(isAnyShown)
  useEffect(() => {
    if (!isAnyShown) return undefined
    const hideOld = () => setValues((present) => {
      const kept = [...present].filter(([, value]) => value.at !== 'shown' || value.hideAt > serverNow())
      return kept.length === present.size ? present : new Map(kept)
    })
    const hideAll = () => document.hidden && setValues(() => none)
    const timer = setInterval(hideOld, 250)
    document.addEventListener('visibilitychange', hideAll)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', hideAll)
    }
  }, [isAnyShown, setValues])
  return now
}
