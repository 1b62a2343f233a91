import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Adjustment } from '#contract/funds.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Section } from '#src/components/Section.tsx'
import { Time } from '#src/components/Time.tsx'
import { formatTime } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'

/** The last movements of money; the number of each opens its record. */
export function LatestAdjustments({ rows }: { rows: readonly Adjustment[] }) {
  const { t } = useTranslation()
  return (
    <Section title={t('home.latest')} action={rows.length > 0 && <Link to={paths.adjustments()}>{t('home.latest_all')}</Link>}>
      {rows.length === 0 ? <p className="second work-none">{t('home.latest_none')}</p> : (
        <table className="plain-table latest" aria-label={t('home.latest')}>
          <thead>
            <tr>
              <th scope="col" className="only-wide">{t('home.latest_time')}</th>
              <th scope="col" className="only-wide">{t('home.latest_number')}</th>
              <th scope="col">{t('home.latest_customer')}</th>
              <th scope="col">{t('home.latest_kind')}</th>
              <th scope="col" className="only-wide">{t('home.latest_source')}</th>
              <th scope="col" className="num">{t('home.latest_amount')}</th>
            </tr>
          </thead>
          <tbody>{rows.map((row) => <Row key={row.id} row={row} />)}</tbody>
        </table>
      )}
    </Section>
  )
}

function Row({ row }: { row: Adjustment }) {
  const { t } = useTranslation()
  const seesCustomers = useCan('customer.view')
  return (
    <tr>
      <td className="only-wide second"><Time at={row.at} /></td>
      <td className="only-wide"><span className="cell"><Link to={paths.adjustment(row.id)}>{row.number}</Link><CopyButton text={row.number} what={t('home.latest_number')} /></span></td>
      <td>
        <span className="stack">
          {seesCustomers ? <Link data-open to={paths.customer(row.customer.id)}>{row.customer.nameMasked}</Link> : <span>{row.customer.nameMasked}</span>}
          <span className="not-wide">{formatTime(row.at)}</span>
        </span>
      </td>
      <td>
        <span className={`kind ${row.kind === 'allocate' ? 'in' : 'out'}`}><Icon name={row.kind === 'allocate' ? 'in' : 'out'} />{t(`home.kind.${row.kind}`)}</span>
      </td>
      <td className="only-wide">{t(`home.source.${row.source}`)}</td>
      <td className="num"><MoneyText amount={row.amount} isStrong /></td>
    </tr>
  )
}
