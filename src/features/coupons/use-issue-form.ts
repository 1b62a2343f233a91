import { useState } from 'react'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import type { Quota } from '#contract/coupons.ts'
import { parseAmount } from '#contract/money.ts'
import { ApiError } from '#src/api/api-error.ts'
import { lastDay } from '#src/coupons/last-day.ts'
import { formatMoney, today } from '#src/lib/format.ts'
import { checkIssue, faceValueOf, type IssueErrors, type IssueField, issueTotal, type IssueValues, leftAfter, shareOf } from './issue-rules.ts'
import type { IssueInput } from './use-issue.ts'

type Start = { quotaId: string | undefined; customerIds: readonly string[]; /** An attempt from before a reload, whose content comes back. */ left: IssueInput['body'] | undefined }

/** Everything that is in the form: the quota, what each customer gets, and who. @param quotas to choose from. */
export function useIssueForm(kind: CouponKind, quotas: readonly Quota[], { quotaId, customerIds, left }: Start) {
  const [chosen, setChosen] = useState(left?.quotaId ?? quotaId ?? (quotas.length === 1 ? quotas[0]?.id : undefined) ?? '')
  const quota = quotas.find((one) => one.id === chosen)
  const [values, setValues] = useState<IssueValues>(() => valuesOf(left))
  const [errors, setErrors] = useState<IssueErrors>({})
  const [customers, setIds] = useState<readonly string[]>(left?.customerIds ?? customerIds)
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  const [isTouched, setTouched] = useState(false)
  const [faults, setFaults] = useState(0)
  // Until somebody chooses a day it is the quota's last one, of whichever quota.
  const validUntil = values.validUntil === '' && quota ? lastDay(quota.validTo) : values.validUntil
  const shown = { ...values, validUntil }
  const faceValue = faceValueOf(values.faceValue)
  const total = issueTotal(faceValue, customers.length)
  const clear = (...fields: IssueField[]) => setErrors((present) => Object.fromEntries(Object.entries(present).filter(([field]) => !fields.some((one) => one === field))))

  return {
    kind, quota, values: shown, /** The chosen quota cannot be issued from any more. */ isGone: chosen !== '' && quota === undefined, errors, customers, refused, total, left: quota && leftAfter(quota, total), isDirty: isTouched,
    /** How often something was found wrong: the form goes to the first of it each time. */
    faults,
    set: <F extends keyof IssueValues>(field: F, value: IssueValues[F]) => {
      setValues((present) => ({ ...present, [field]: value }))
      setTouched(true)
      if (field !== 'orderTypes' && field !== 'products') clear(field)
    },
    /** Another quota has another end and another scope. */
    chooseQuota: (id: string) => {
      setChosen(id)
      setValues((present) => ({ ...present, validUntil: '', orderTypes: [], products: [] }))
      setRefused(new Map())
      setErrors({})
    },
    setCustomers: (ids: readonly string[]) => {
      setIds(ids)
      setRefused((present) => new Map([...present].filter(([id]) => ids.includes(id))))
      setTouched(true)
      clear('customers')
    },
    /** @returns whether nothing is wrong; what is stands at its field. */
    check: (): boolean => {
      if (!quota) return false
      const found = checkIssue(shown, { kind, customers: customers.length, lastDay: lastDay(quota.validTo), today: today() })
      setErrors(found)
      if (Object.keys(found).length > 0) setFaults((present) => present + 1)
      return Object.keys(found).length === 0
    },
    /** Tells each refused customer's reason at its row, and each refused field's at the field. @param sent the customers in the order sent. */
    refuse: (error: Error, sent: readonly string[]) => {
      if (!(error instanceof ApiError)) return
      const { rows = [], fields = [] } = error.failure
      setRefused(new Map(rows.flatMap(({ row, message }) => (sent[row] === undefined ? [] : [[sent[row], message]]))))
      setErrors(Object.fromEntries(fields.map(({ path, code }) => [path === 'customerIds' ? 'customers' : path, code])))
    },
    body: (): IssueInput['body'] | undefined => {
      const minOrder = parseAmount(values.minOrder)
      const maxShare = shareOf(values.maxShare)
      if (!quota || !faceValue || !minOrder) return undefined
      return {
        quotaId: quota.id, faceValue, minOrder, validUntil, ...(kind === 'DELIVERY' && maxShare !== undefined && { maxShare }),
        orderTypes: [...values.orderTypes], products: [...values.products], customerIds: [...customers], remark: values.remark.trim(),
      }
    },
  }
}

export type IssueState = ReturnType<typeof useIssueForm>

const valuesOf = (left: IssueInput['body'] | undefined): IssueValues => ({
  faceValue: left ? formatMoney(left.faceValue) : '', minOrder: left ? formatMoney(left.minOrder) : '0.00', validUntil: left?.validUntil ?? '', maxShare: left?.maxShare === undefined ? '' : String(left.maxShare),
  orderTypes: left?.orderTypes ?? [], products: left?.products ?? [], remark: left?.remark ?? '',
})
