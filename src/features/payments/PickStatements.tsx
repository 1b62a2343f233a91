import { useTranslation } from '#src/i18n/use-translation.ts'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { formatMonth } from '#src/lib/format.ts'
import { canPick, type RequestableItem } from './rules.ts'

type Props = { items: readonly RequestableItem[]; picked: ReadonlySet<string>; onPick: (picked: ReadonlySet<string>) => void }

/** The statements that can be requested, ticked or not; negative incentives go along and are not asked for. */
export function PickStatements({ items, picked, onPick }: Props) {
  const { t } = useTranslation()
  const open = items.filter((item) => item.block === null)
  const choices = open.filter(canPick)
  const count = choices.filter(({ id }) => picked.has(id)).length
  const toggle = (id: string) => {
    const next = new Set(picked)
    if (!next.delete(id)) next.add(id)
    onPick(next)
  }
  return (
    <section aria-label={t('payments.form.statements')}>
      <p className="label-row"><span className="label">{t('payments.form.statements')}</span><span className="caption" role="status">{t('payments.form.picked', { count, all: choices.length })}</span></p>
      <div className="statement-picks" role="group" tabIndex={open.length > 6 ? 0 : -1} aria-label={t('payments.form.statements')}>
        <table className="statement-pick-table">
          <thead>
            <tr>
              <th scope="col"><Checkbox isChecked={count === choices.length && count > 0} isMixed={count > 0 && count < choices.length} isDisabled={choices.length === 0} label={t('payments.form.pick_all')} onChange={(on) => onPick(new Set(on ? choices.map(({ id }) => id) : []))} /></th>
              <th scope="col">{t('payments.field.statements')}</th>
              <th scope="col" className="num">{t('payments.field.amount')}</th>
            </tr>
          </thead>
          <tbody>
            {open.map((item) => (
              <tr key={item.id} className={picked.has(item.id) ? 'chosen' : undefined}>
                <td>{item.isNegative ? null : <Checkbox isChecked={picked.has(item.id)} label={t('payments.form.pick', { number: item.number })} onChange={() => toggle(item.id)} />}</td>
                <td><span className="stack"><span>{item.number}</span><span>{formatMonth(item.period)} · {item.isNegative ? t('payments.form.negative') : item.programName}</span></span></td>
                <td className="num"><MoneyText amount={item.amount} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Confirmed statements that cannot be requested here, each with what stops it. */
export function BlockedStatements({ items }: { items: readonly RequestableItem[] }) {
  const { t } = useTranslation()
  const blocked = items.filter((item) => item.block !== null)
  if (blocked.length === 0) return null
  return (
    <section>
      <p className="caption">{t('payments.form.blocked_title', { count: blocked.length })}</p>
      <ul className="blocked-statements">
        {blocked.map(({ id, number, block }) => (
          <li key={id}><span>{number}</span><span className="quiet">{block && t(`payments.statement_block.${block}`)}</span></li>
        ))}
      </ul>
    </section>
  )
}
