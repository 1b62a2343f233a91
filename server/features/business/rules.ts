import type { BusinessInput } from '#contract/business.ts'

export type Fault = { path: string; code: string }
export type Known = {
  /** From the company information. */ company: { name: string; creditCode: string }
  /** What was handed in before, which parts and fields that are left out stay as. */ last: { accountName: string; bankNumber: string | undefined } | undefined
}

/** @param isCreditCode whether a code fits its own check character. @param isMobile whether a number is a mobile number.
 *  @returns every field at fault: what is missing the first time, another name than the company's, a private account, another company's credit code. */
export function faultsOf({ company, bank, tax }: BusinessInput, known: Known, { isCreditCode, isMobile }: { isCreditCode(code: string): boolean; isMobile(number: string): boolean }): Fault[] {
  const missing = (path: string, value: unknown): Fault[] => (value === undefined && !known.last ? [{ path, code: 'required' }] : [])
  return [
    ...missing('company', company), ...missing('bank', bank), ...missing('tax', tax),
    ...(company ? [
      ...(!isCreditCode(company.creditCode) ? [{ path: 'company.creditCode', code: 'credit_code' }] : company.creditCode !== known.company.creditCode ? [{ path: 'company.creditCode', code: 'credit_code_other' }] : []),
      ...missing('company.address', company.address), ...missing('company.contactName', company.contactName), ...missing('company.contactMobile', company.contactMobile),
      ...(company.contactMobile !== undefined && !isMobile(company.contactMobile) ? [{ path: 'company.contactMobile', code: 'mobile' }] : []),
    ] : []),
    ...(bank ? [
      ...missing('bank.number', bank.number),
      ...(bank.number === undefined ? [] : !/^\d{8,30}$/.test(digitsOf(bank.number)) ? [{ path: 'bank.number', code: 'bank_number' }] : isPrivateCard(digitsOf(bank.number)) ? [{ path: 'bank.number', code: 'account_private' }] : []),
    ] : []),
    ...(known.last && known.last.bankNumber === undefined && bank?.number === undefined ? [{ path: 'bank.number', code: 'required' }] : []),
    // Also one that stays: the company may have been renamed since.
    ...(sameName(bank?.accountName ?? known.last?.accountName ?? known.company.name, known.company.name) ? [] : [{ path: 'bank.accountName', code: 'account_not_company' }]),
    ...(tax ? missing('tax.certificateId', tax.certificateId) : []),
  ]
}

/** Widths and brackets differ between keyboards and are no other name. */
const sameName = (typed: string, name: string): boolean => plain(typed) === plain(name)
const plain = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Cards of persons begin with 62 and check themselves (ISO/IEC 7812-1, annex B); the accounts of companies are no card numbers. */
function isPrivateCard(digits: string): boolean {
  if (!/^62\d{14}(\d{3})?$/.test(digits)) return false
  const sum = [...digits].toReversed().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** @param typed with blanks and hyphens. @returns the number of a bank account as it is kept. */
export const digitsOf = (typed: string): string => typed.replace(/[ -]/g, '')

/** @returns the paths whose text is a mask: copied from the page, and never a value. */
export const maskedPaths = ({ company, bank }: BusinessInput, isMask: (text: string) => boolean): string[] =>
  Object.entries({ 'company.address': company?.address, 'company.contactName': company?.contactName, 'company.contactMobile': company?.contactMobile, 'bank.number': bank?.number }).flatMap(([path, text]) => (text !== undefined && isMask(text) ? [path] : []))

/** @param rate with two places. @returns hundredths of a percent. */
export const toBasisPoints = (rate: string): number => Number(rate.replace('.', ''))
