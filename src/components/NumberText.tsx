import { formatCustomerNumber } from '#src/lib/format.ts'
import { CopyButton } from './CopyButton.tsx'

/** A number that people quote, with its copy button. @param what its words, e.g. 客户ID. */
export function NumberText({ number, what, isQuiet = false }: { number: string; what: string; isQuiet?: boolean }) {
  return <span className={`cell ${isQuiet ? 'quiet' : 'second'}`}>{formatCustomerNumber(number)}<CopyButton text={number} what={what} /></span>
}
