import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { couponBatchMax, type Quota } from '#contract/coupons.ts'
import type { Input } from '#contract/endpoint.ts'
import { parseAmount, toMinor } from '#contract/money.ts'
import { type issueQuotas, queryResellers, type Reseller } from '#contract/reseller-quotas.ts'
import { ApiError } from '#src/api/api-error.ts'
import { listQuery } from '#src/api/query.ts'
import { formatMoney } from '#src/lib/format.ts'
import { type Share, type ShareProblem, totalOf, wrongShares } from './quota-rules.ts'

export type IssueBody = Input<typeof issueQuotas>['body']

/** Everything that is in the form: the quota, who gets how much, and a remark. @param left an attempt from before a reload, whose content comes back. */
export function useGive(quotas: readonly Quota[], quotaId: string | undefined, left: IssueBody | undefined) {
  const [chosen, setChosen] = useState(left?.quotaId ?? quotaId ?? (quotas.length === 1 ? quotas[0]?.id : undefined) ?? '')
  const [shares, setShares] = useState<readonly Share[]>(() => left?.items.map(({ resellerId, amount }) => ({ id: resellerId, typed: formatMoney(amount) })) ?? [])
  const [remark, setRemark] = useState(left?.remark ?? '')
  const [wrong, setWrong] = useState<ReadonlyMap<string, ShareProblem>>(new Map())
  const [isEmpty, setEmpty] = useState(false)
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const [isTouched, setTouched] = useState(false)
  const [known, setKnown] = useState<ReadonlyMap<string, Reseller>>(new Map())
  const unknown = shares.flatMap(({ id }) => (known.has(id) ? [] : [id]))
  const asked = useQuery({ ...listQuery(queryResellers, { body: { resellerIds: unknown, pageSize: couponBatchMax } }), enabled: unknown.length > 0 })
  const resellers = new Map([...known, ...(asked.data?.items ?? []).map((row): [string, Reseller] => [row.id, row])])
  const quota = quotas.find(({ id }) => id === chosen)
  const total = totalOf(shares)
  const set = (next: readonly Share[]) => {
    setShares(next)
    setTouched(true)
    setWrong((present) => new Map([...present].filter(([id]) => next.some((share) => share.id === id && share.typed === shares.find((one) => one.id === id)?.typed))))
    setRefused((present) => new Map([...present].filter(([id]) => next.some((share) => share.id === id))))
    setEmpty(false)
  }
  return {
    quota, shares, resellers, remark, wrong, refused, isEmpty, total, isDirty: isTouched, left: quota && toMinor(quota.left) - total,
    setRemark: (text: string) => { setRemark(text); setTouched(true) },
    chooseQuota: (id: string) => { setChosen(id); setTouched(true); setRefused(new Map()) },
    setAmount: (id: string, typed: string) => set(shares.map((share) => (share.id === id ? { id, typed } : share))),
    setAll: (typed: string) => set(shares.map(({ id }) => ({ id, typed }))),
    drop: (ids: readonly string[]) => set(shares.filter(({ id }) => !ids.includes(id))),
    /** Those chosen in the picker; whoever stays keeps its amount. */
    choose: (rows: readonly Reseller[]) => {
      setKnown((present) => new Map([...present, ...rows.map((row): [string, Reseller] => [row.id, row])]))
      set(rows.map(({ id }) => shares.find((share) => share.id === id) ?? { id, typed: '' }))
    },
    /** @returns what to send; undefined where something is wrong, which then stands at its field. */
    body: (): IssueBody | undefined => {
      const found = wrongShares(shares)
      setWrong(found)
      setEmpty(shares.length === 0)
      if (!quota || shares.length === 0 || found.size > 0) return undefined
      return { quotaId: quota.id, remark: remark.trim(), items: shares.flatMap(({ id, typed }) => { const amount = parseAmount(typed); return amount ? [{ resellerId: id, amount }] : [] }) }
    },
    /** Tells each refused reseller's reason at its row. @param sent in the order sent. */
    refuse: (error: Error, sent: readonly string[]) => {
      if (error instanceof ApiError) setRefused(new Map((error.failure.rows ?? []).flatMap(({ row, message }) => (sent[row] === undefined ? [] : [[sent[row], message]]))))
    },
  }
}

export type Give = ReturnType<typeof useGive>
