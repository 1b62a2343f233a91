import { Fragment } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Prospect } from '#contract/prospects.ts'
import { Button } from '#src/components/Button.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { Popover } from '#src/components/Popover.tsx'
import { useCan } from '#src/session/use-session.ts'
import { EmailForm } from './EmailForm.tsx'
import { rowWords } from './labels.ts'
import { hasOpenReport } from './rules.ts'

/** The mail address; where it is missing, the way to add it right there. */
export function EmailCell({ row }: { row: Prospect }) {
  const { t } = useTranslation()
  const mayReport = useCan('prospect.report')
  if (row.emailMasked !== null) return <span className="prospect-email"><MaskedText id={row.id} field="email" masked={row.emailMasked} label={t('development.field.email')}>{atDomain}</MaskedText></span>
  if (!hasOpenReport(row.state) || !mayReport) return <span className="quiet">–</span>
  const label = t('development.add_email_of', { row: rowWords(row) })
  return (
    <span className="add-email">
      <Popover label={label} trigger={(props) => <Button variant="row" {...props}>{t('development.add_email')}</Button>}>
        {(close) => <EmailForm row={row} onDone={close} />}
      </Popover>
    </span>
  )
}

/** A long address breaks before its domain; only a domain too long for a line of its own breaks, before its dots. */
function atDomain(text: string) {
  const [local = '', domain] = text.split('@')
  return domain === undefined ? text : <>{local}@<wbr /><span className="domain">{domain.split('.').map((part, index) => <Fragment key={part}>{index > 0 && <><wbr />.</>}{part}</Fragment>)}</span></>
}
