import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { BarKey } from '#contract/incentives.ts'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { hasLines, type Step } from './waterfall.ts'

/** Every figure of the chart with what it means. The last is their sum. */
export function WaterfallTable({ steps, linesOf }: { steps: readonly Step[]; linesOf: (bar: BarKey) => string }) {
  const { t } = useTranslation()
  return (
    <table className="plain-table waterfall-table" aria-label={t('incentives.composition_table')}>
      <thead><tr><th scope="col">{t('incentives.bar_item')}</th><th scope="col" className="meaning">{t('incentives.bar_meaning')}</th><th scope="col" className="num">{t('incentives.bar_amount')}</th></tr></thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.key} className={step.key === 'payable' ? 'sum' : undefined}>
            <th scope="row">{hasLines(step) && step.key !== 'payable' ? <Link to={linesOf(step.key)} preventScrollReset>{t(`incentives.bar.${step.key}`)}</Link> : t(`incentives.bar.${step.key}`)}</th>
            <td className="meaning">{t(`incentives.bar_note.${step.key}`)}</td>
            <td className="num"><MoneyText amount={step.amount} isStrong={step.key === 'payable'} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
