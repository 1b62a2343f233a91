import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { RowRefusal } from '#contract/errors.ts'
import { Amount, fromMinor, toMinor } from '#contract/money.ts'
import { ApiError } from '#src/api/api-error.ts'
import { formatMoney } from '#src/lib/format.ts'
import { type Block, blockOf, type Move, movable, sumOf, type Target } from './rules.ts'

/** What is wrong with a row, and the amount that would do where there is one. */
export type RowProblem = { text: string; max: Amount | undefined }
export type MoveRow = { target: Target; text: string; amount: Amount | undefined; block: Block | undefined; problem: RowProblem | undefined }
/** What the form begins with: amounts as typed, by customer. */
export type Start = ReadonlyMap<string, string>

/** Takes the focus to a customer's amount field, which carries `data-amount`, or to the words in its place. */
export const focusAmount = (customerId: string): void => document.querySelector<HTMLElement>(`[data-amount="${customerId}"]`)?.focus()

/** The rows of an allocate or reclaim form: amounts, what was taken off the list, and what is wrong.
 *  @param start its keys are the customers on the list. */
export function useMoveRows(move: Move, targets: readonly Target[], start: Start) {
  const { t } = useTranslation()
  const [texts, setTexts] = useState(start)
  const [refusals, setRefusals] = useState<ReadonlyMap<string, RowProblem>>(new Map())
  const [isChecked, setChecked] = useState(false)
  const rows = targets.flatMap((target): MoveRow[] => {
    const text = texts.get(target.customerId)
    if (text === undefined) return []
    const [amount, block] = [movable(text), blockOf(move, target)]
    const own = block ? t(`funds.block.${block}`) : amount ? undefined : t(text.trim() === '' ? 'funds.amount_missing' : 'errors.field.amount')
    const problem = refusals.get(target.customerId) ?? (isChecked && own ? { text: own, max: undefined } : undefined)
    return [{ target, text, amount, block, problem }]
  })
  const forget = (ids: readonly string[]) => setRefusals((present) => new Map([...present].filter(([id]) => !ids.includes(id))))
  return {
    rows,
    /** Minor units. */
    total: sumOf(rows.map((row) => row.amount)),
    /** Whether closing would lose something. */
    isDirty: texts.size !== start.size || [...texts].some(([id, text]) => text !== start.get(id)),
    setText: (id: string, text: string) => {
      setTexts((present) => new Map([...present, [id, text]]))
      forget([id])
    },
    /** @param textOf gives each row its amount; undefined leaves the row as it is. */
    fill: (textOf: (target: Target) => string | undefined) => {
      setTexts(new Map(rows.map((row) => [row.target.customerId, row.block ? row.text : textOf(row.target) ?? row.text])))
      forget(rows.map((row) => row.target.customerId))
    },
    /** Takes customers off the list. The pressed button leaves with them, so the focus goes to the row that takes their place. */
    drop: (ids: readonly string[]) => {
      const place = rows.findIndex((row) => ids.includes(row.target.customerId))
      const rest = rows.filter((row) => !ids.includes(row.target.customerId))
      const next = rest[Math.min(place, rest.length - 1)]
      if (next) requestAnimationFrame(() => focusAmount(next.target.customerId))
      setTexts((present) => new Map([...present].filter(([id]) => !ids.includes(id))))
      forget(ids)
    },
    /** @returns whether every row has an amount; otherwise each row at fault says what is missing, and the first takes the focus. */
    check: (): boolean => {
      setRefusals(new Map())
      setChecked(true)
      const wrong = rows.find((row) => row.block ?? !row.amount)
      if (wrong) focusAmount(wrong.target.customerId)
      return wrong === undefined
    },
    /** Puts the server's reasons to their rows. @param sent the customers in the order of the request. @param shownOf the largest amount that the
     *  form offered for a customer, if it offered one. */
    refuse: (error: Error, sent: readonly string[], shownOf?: (target: Target) => Amount) => {
      const refused = error instanceof ApiError ? error.failure.rows ?? [] : []
      setRefusals(new Map(refused.flatMap((refusal): [string, RowProblem][] => {
        const target = targets.find(({ customerId }) => customerId === sent[refusal.row])
        return target ? [[target.customerId, { text: refusalText(t, refusal, shownOf?.(target)), max: readMax(refusal) }]] : []
      })))
    },
  }
}

export type MoveRows = ReturnType<typeof useMoveRows>

/** What the form showed may have shrunk since: then by how much. Otherwise the server's own sentence, its figure with separators.
 *  @param shown the largest amount the form offered, where it offers one. */
function refusalText(t: TFunction, refusal: RowRefusal, shown: Amount | undefined): string {
  const max = readMax(refusal)
  if (max === undefined) return refusal.message
  const by = shown === undefined ? 0n : toMinor(shown) - toMinor(max)
  if (by > 0n && shown !== undefined) return t('funds.shrunk', { from: formatMoney(shown), to: formatMoney(max), by: formatMoney(fromMinor(by)) })
  return refusal.code === 'amount' ? t('funds.at_most', { max: formatMoney(max) }) : refusal.message.replace(max, formatMoney(max))
}

function readMax({ max }: RowRefusal): Amount | undefined {
  const parsed = Amount.safeParse(max)
  return parsed.success && parsed.data !== '0.00' ? parsed.data : undefined
}
