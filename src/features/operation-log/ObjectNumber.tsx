import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { LogObject } from '#contract/operation-log.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** A number that people quote, with its copy button; where there is a page for it, a link. Long machine numbers show their beginning. */
export function ObjectNumber({ kind, number, isFull = false }: { kind: LogObject; number: string; isFull?: boolean }) {
  const { t } = useTranslation()
  const seesFunds = useCan('funds.view')
  const text = isFull ? number : shortNumber(number)
  const to = kind === 'adjustment' && seesFunds ? paths.adjustments({ number }) : kind === 'export' ? paths.exports() : kind === 'proof' && isFull ? paths.operationLog({ objectNumber: number }) : undefined
  return (
    <span className={isFull ? 'entry-id' : 'cell log-object'}>
      {to === undefined ? <span {...(text !== number && { title: number })}>{kind === 'customer' ? formatCustomerNumber(text) : text}</span> : <Link to={to}>{text}</Link>}
      <CopyButton text={number} what={t('log.field.object_number')} />
    </span>
  )
}

/** @returns the first part of an id of 36 characters; a number that people quote stays whole. */
export const shortNumber = (number: string): string => (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(number) ? `${number.slice(0, 8)}…` : number)
