import { BillingMode, NoCustomer } from '#contract/incentives.ts'
import { AssociationType } from '#contract/customers.ts'
import { amountMaxMinor } from '#contract/money.ts'
import { isPlainLine } from '#contract/text.ts'
import { readCsv } from './csv-read.ts'
import type { NewLine } from './incentive-entry.ts'

/** Columns of a file of lines, in any order, named in its first row. */
export const importColumns = ['customer', 'no_customer', 'order', 'data_number', 'product_type', 'billing_mode', 'association_type', 'base_amount', 'rate', 'incentive', 'reseller'] as const
type Column = (typeof importColumns)[number]
export type ImportError = { line: number; column: string; why: string }
/** @param customers ids by customer ID. @param dataNumbers those that the statement has already. */
export type ImportTarget = { isNegative: boolean; customers: ReadonlyMap<string, string>; dataNumbers: ReadonlySet<string> }

/** @returns the numbers of customers that a file names, so that they can be looked up together. */
export function customersNamed(text: string): string[] {
  const rows = rowsOf(text)
  return Array.isArray(rows) ? [...new Set(rows.flatMap(({ cell }) => (cell('customer') === '' ? [] : [cell('customer').replace(/\s/g, '')])))] : []
}

/** Reads lines as the vendor's file has them. Every error is told with its row; with any, nothing of the file may be applied.
 *  @returns the lines of all rows without error, and the errors. */
export function readLines(text: string, target: ImportTarget): { lines: NewLine[]; errors: ImportError[] } {
  const rows = rowsOf(text)
  if (!Array.isArray(rows)) return { lines: [], errors: [rows] }
  const [lines, errors]: [NewLine[], ImportError[]] = [[], []]
  const seen = new Map<string, number>()
  for (const { line, cell } of rows) {
    const wrong: ImportError[] = []
    const refuse = (column: Column, why: string) => void wrong.push({ line, column, why })
    const made = readLine(cell, target, refuse)
    const before = seen.get(made.dataNumber)
    if (before !== undefined) refuse('data_number', `is that of row ${before}`)
    seen.set(made.dataNumber, line)
    if (wrong.length === 0) lines.push(made)
    errors.push(...wrong)
  }
  return { lines, errors }
}

type Row = { line: number; cell(column: Column): string }
function rowsOf(text: string): Row[] | ImportError {
  const table = readCsv(text)
  if (!Array.isArray(table)) return { line: table.unclosed, column: '', why: 'has a quote that is never closed' }
  const [header, ...rows] = table
  const places = new Map(header?.cells.map((name, index) => [name.trim().toLowerCase(), index]))
  const missing = importColumns.filter((column) => !places.has(column))
  if (missing.length > 0) return { line: 1, column: missing.join(', '), why: 'is missing in the first row' }
  return rows.map(({ line, cells }) => ({ line, cell: (column) => cells[places.get(column) ?? -1]?.trim() ?? '' }))
}

function readLine(cell: Row['cell'], { isNegative, customers, dataNumbers }: ImportTarget, refuse: (column: Column, why: string) => void): NewLine {
  const number = cell('customer').replace(/\s/g, '')
  const customerId = customers.get(number) ?? null
  if (number !== '' && customerId === null) refuse('customer', 'is no customer of this partner')
  const noCustomer = NoCustomer.safeParse(cell('no_customer'))
  if (number === '' && !noCustomer.success) refuse('no_customer', `is one of ${NoCustomer.options.join(', ')} where there is no customer`)
  if (number !== '' && cell('no_customer') !== '') refuse('no_customer', 'is empty where there is a customer')
  const text = (column: Column, max: number, isNeeded: boolean): string => {
    const value = cell(column)
    if (value.length > max || (isNeeded && value === '') || !isPlainLine(value)) refuse(column, `has ${isNeeded ? 1 : 0} to ${max} plain characters`)
    return value
  }
  const dataNumber = text('data_number', 64, true)
  if (dataNumbers.has(dataNumber)) refuse('data_number', 'is in the statement already')
  const billingMode = BillingMode.safeParse(cell('billing_mode'))
  if (!billingMode.success) refuse('billing_mode', `is one of ${BillingMode.options.join(', ')}`)
  const associationType = AssociationType.safeParse(cell('association_type'))
  if (!associationType.success) refuse('association_type', `is one of ${AssociationType.options.join(', ')}`)
  const incentive = minorOf(cell('incentive'))
  if (incentive === undefined || (isNegative ? incentive > 0n : incentive < 0n)) refuse('incentive', `is an amount of ${isNegative ? 'zero or below' : 'zero or more'} with at most two decimals`)
  const baseAmount = minorOf(cell('base_amount'))
  if (baseAmount === undefined) refuse('base_amount', 'is an amount with at most two decimals')
  const rate = /^\d{1,4}(?:\.\d{1,4})?$/.test(cell('rate')) ? Math.round(Number(cell('rate')) * 10_000) : undefined
  if (rate === undefined) refuse('rate', 'is a percentage with at most four decimals')
  return {
    customerId, noCustomer: number === '' && noCustomer.success ? noCustomer.data : null, order: text('order', 64, false) || null, dataNumber, productType: text('product_type', 64, true),
    billingMode: billingMode.data ?? 'ONE_TIME', associationType: associationType.data ?? 'RESALE', baseAmount: baseAmount ?? 0n, rate: rate ?? 0, incentive: incentive ?? 0n, reseller: text('reseller', 64, false) || null,
  }
}

/** @returns minor units of a text such as `-12.3`, within what one amount may be; undefined for anything else. */
export function minorOf(text: string): bigint | undefined {
  const match = /^(-?)(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(',', ''))
  if (!match) return undefined
  const [, sign, whole = '', cents = ''] = match
  const minor = BigInt(whole + cents.padEnd(2, '0'))
  return minor > amountMaxMinor ? undefined : sign === '-' ? -minor : minor
}
