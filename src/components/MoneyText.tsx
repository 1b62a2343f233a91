import type { Amount, Figure } from '#contract/money.ts'
import { formatMoney } from '#src/lib/format.ts'

/** An amount with thousands separators and tabular figures; a dash for what does not apply. @param isMinus writes a minus in front. */
export const MoneyText = ({ amount, isMinus = false, isStrong = false }: { amount: Amount | Figure | null; isMinus?: boolean; isStrong?: boolean }) =>
  amount === null ? <span className="quiet">–</span> : <span className={`money ${isStrong ? 'strong' : ''}`}>{isMinus && amount !== '0.00' ? '−' : ''}{formatMoney(amount)}</span>
