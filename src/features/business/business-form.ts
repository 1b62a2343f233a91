import { type Business, type BusinessInput, TaxpayerStatus } from '#contract/business.ts'
import { isPlainLine } from '#contract/text.ts'
import { cleanNumber } from '#src/lib/clean.ts'

/** What a person types. An empty field of something that was handed in before stays as it was. */
export type BusinessValues = {
  creditCode: string; address: string; contactName: string; contactMobile: string
  accountName: string; number: string; bankName: string; branch: string
  status: TaxpayerStatus | ''; rate: string
}
export type BusinessField = keyof BusinessValues
export const businessFields = ['creditCode', 'address', 'contactName', 'contactMobile', 'accountName', 'number', 'bankName', 'branch', 'status', 'rate'] as const satisfies readonly BusinessField[]
/** Masked once they were handed in: the form cannot begin with them. */
const maskedFields = ['address', 'contactName', 'contactMobile', 'number'] as const satisfies readonly BusinessField[]

/** @returns what the form begins with: what was handed in, else what the company information says. */
export function startOf({ companyName, creditCode, submitted }: Pick<Business, 'companyName' | 'creditCode' | 'submitted'>): BusinessValues {
  return {
    creditCode: submitted?.company.creditCode ?? creditCode, address: '', contactName: '', contactMobile: '',
    // A renamed company has its account renamed, too.
    accountName: companyName, number: '', bankName: submitted?.bank.bankName ?? '', branch: submitted?.bank.branch ?? '', status: submitted?.tax.status ?? '', rate: submitted?.tax.rate ?? '',
  }
}

/** What a change is compared with: what was handed in, also where the form begins with the company's new name. */
export const keptOf = ({ submitted }: Pick<Business, 'submitted'>, start: BusinessValues): BusinessValues => (submitted ? { ...start, accountName: submitted.bank.accountName } : start)

/** @param text as people write a percentage: `6`, `6.0`, `6%`. @returns two places, or undefined. */
export function parseRate(text: string): string | undefined {
  const match = /^(\d{1,2})(?:\.(\d{1,2}))?$/.exec(text.normalize('NFKC').replace(/[\s%]/g, ''))
  return match ? `${Number(match[1])}.${(match[2] ?? '').padEnd(2, '0')}` : undefined
}

type Known = { isFirst: boolean; companyName: string; hasFile: boolean; isSending: boolean }
export type BusinessProblems = Partial<Record<BusinessField | 'file', string>>

/** @param values as typed. @returns a message key under `errors.field` for each field at fault; the server decides by the same rules. */
export function problemsOf(values: BusinessValues, { isFirst, companyName, hasFile, isSending }: Known): BusinessProblems {
  const filled = (field: BusinessField) => values[field].trim() !== ''
  const text = (field: BusinessField, min: number, max: number, short = 'required'): string | undefined => {
    const value = values[field].trim()
    if (value.length < min) return short
    return value.length > max ? 'too_long' : isPlainLine(value) ? undefined : 'characters'
  }
  const masked = (field: (typeof maskedFields)[number], check: () => string | undefined) => (isFirst || filled(field) ? check() : undefined)
  const found: { [K in keyof BusinessProblems]: string | undefined } = {
    creditCode: /^[0-9A-Z]{18}$/.test(values.creditCode.trim()) ? undefined : 'credit_code',
    address: masked('address', () => text('address', 5, 200, 'address_short')),
    contactName: masked('contactName', () => text('contactName', 1, 64)),
    contactMobile: masked('contactMobile', () => (/^1\d{10}$/.test(cleanNumber(values.contactMobile)) ? undefined : 'mobile')),
    accountName: text('accountName', 2, 128) ?? (sameName(values.accountName, companyName) ? undefined : 'account_not_company'),
    number: masked('number', () => (/^\d{8,30}$/.test(cleanBank(values.number)) ? undefined : 'bank_number')),
    bankName: text('bankName', 2, 64), branch: text('branch', 2, 128),
    status: values.status === '' ? 'taxpayer_status' : undefined, rate: parseRate(values.rate) === undefined ? 'rate' : undefined,
    file: isSending ? 'file_waits' : hasFile ? undefined : 'file_missing',
  }
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined))
}

/** Widths and blanks differ between keyboards and are no other name. */
const sameName = (typed: string, name: string): boolean => plain(typed) === plain(name)
const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

const cleanBank = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '')

type Attempt = { isFirst: boolean; fileId: string | undefined; /** It failed, and the fault may have been elsewhere, as in the supplier register: it may go in once more as it is. */ hasFailed?: boolean }
/** @param attempt with a new certificate's `fileId`. @returns what is handed in: all of it the first time, afterwards the parts in which something changed; undefined when nothing did. */
export function toInput(values: BusinessValues, kept: BusinessValues, { isFirst, fileId, hasFailed = false }: Attempt): BusinessInput | undefined {
  const isChanged = (...fields: BusinessField[]) => isFirst || fields.some((field) => values[field].trim() !== kept[field].trim())
  const typed = <K extends string>(name: K, value: string): { [P in K]?: string } => (value === '' ? {} : record(name, value))
  const status = TaxpayerStatus.safeParse(values.status)
  const input: BusinessInput = {
    ...(isChanged('creditCode', 'address', 'contactName', 'contactMobile') && { company: {
      creditCode: values.creditCode.trim(), ...typed('address', values.address.trim()), ...typed('contactName', values.contactName.trim()), ...typed('contactMobile', cleanNumber(values.contactMobile)),
    } }),
    ...(isChanged('accountName', 'number', 'bankName', 'branch') && { bank: { accountName: values.accountName.trim(), ...typed('number', cleanBank(values.number)), bankName: values.bankName.trim(), branch: values.branch.trim() } }),
    ...((isChanged('status', 'rate') || fileId !== undefined) && status.success && { tax: { status: status.data, rate: parseRate(values.rate) ?? '', ...typed('certificateId', fileId ?? '') } }),
  }
  if (Object.keys(input).length > 0) return input
  return hasFailed && status.success ? { tax: { status: status.data, rate: parseRate(values.rate) ?? '' } } : undefined
}

function record<K extends string>(name: K, value: string): { [P in K]?: string } {
  const made: { [P in K]?: string } = {}
  made[name] = value
  return made
}

/** What the server says about a field, e.g. `bank.accountName`. @returns the field of the form. */
export const fieldOf = (path: string): BusinessField | undefined => businessFields.find((field) => field === path.split('.').at(-1))

/** @returns the key under `errors.field` for what the server says. A key that ends in `_other` would be a plural. */
export const problemKey = (code: string): string => (code === 'credit_code_other' ? 'credit_code_foreign' : code)
