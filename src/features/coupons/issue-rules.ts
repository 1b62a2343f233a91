import { type CouponKind, issueMax } from '#contract/coupon-kinds.ts'
import { type OrderType, type Quota, remarkMax } from '#contract/coupons.ts'
import { type Amount, amountMaxMinor, parseAmount, toMinor } from '#contract/money.ts'

/** What is in the form, as typed. */
export type IssueValues = { faceValue: string; minOrder: string; validUntil: string; maxShare: string; orderTypes: readonly OrderType[]; products: readonly string[]; remark: string }
export type IssueField = 'faceValue' | 'minOrder' | 'validUntil' | 'maxShare' | 'remark' | 'customers'
/** What is wrong with a field, as a key under `errors.field`. */
export type IssueErrors = Partial<Record<IssueField, string>>

/** @param text as typed. @returns a face value: more than nothing. */
export function faceValueOf(text: string): Amount | undefined {
  const amount = parseAmount(text)
  return amount === '0.00' ? undefined : amount
}

/** @returns the percentage, or undefined when it is none from 1 to 100. */
export function shareOf(text: string): number | undefined {
  const cleaned = text.normalize('NFKC').replace(/[\s%]/g, '')
  return /^([1-9]\d?|100)$/.test(cleaned) ? Number(cleaned) : undefined
}

/** @returns what all customers together get, in minor units. */
export const issueTotal = (faceValue: Amount | undefined, customers: number): bigint => (faceValue === undefined ? 0n : toMinor(faceValue) * BigInt(customers))

/** @returns what would be left of the quota, in minor units; negative where it is not enough. */
export const leftAfter = (quota: Pick<Quota, 'left'>, total: bigint): bigint => toMinor(quota.left) - total

/** @returns what the text field of products means: each once, in its order. */
export const productsOf = (text: string): string[] => [...new Set(text.normalize('NFKC').split(/[,;、\n]/).map((one) => one.trim()).filter((one) => one !== ''))]

type Known = { kind: CouponKind; customers: number; /** The quota's last day. */ lastDay: string; today: string }

/** @param known what the fields are measured by. @returns what is wrong with the form, field by field; the server decides again. */
export function checkIssue(values: IssueValues, { kind, customers, lastDay, today }: Known): IssueErrors {
  const faceValue = faceValueOf(values.faceValue)
  const tooMuch = faceValue !== undefined && issueTotal(faceValue, customers) > amountMaxMinor
  return {
    ...((!faceValue || tooMuch) && { faceValue: 'amount' }),
    ...(!parseAmount(values.minOrder) && { minOrder: 'amount_filter' }),
    ...(values.validUntil === '' ? { validUntil: 'required' } : values.validUntil > lastDay ? { validUntil: 'until_quota' } : values.validUntil < today && { validUntil: 'until_past' }),
    ...(kind === 'DELIVERY' && shareOf(values.maxShare) === undefined && { maxShare: 'share' }),
    ...([...values.remark].length > remarkMax && { remark: 'too_long' }),
    ...(customers === 0 ? { customers: 'customers_min' } : customers > issueMax && { customers: 'issue_max' }),
  }
}
