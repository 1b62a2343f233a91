import type { ReactNode } from 'react'
import type { Amount, Figure } from '#contract/money.ts'
import { MoneyText } from './MoneyText.tsx'

type Line = { key: string; label: ReactNode; amount: Amount | Figure; isMinus?: boolean }

/** A sum explained line by line: labels left, figures right, minus signs in front, a stronger line, the sum. */
export const Ledger = ({ lines, sum, note }: { lines: readonly Line[]; sum: { label: ReactNode; amount: Amount | Figure }; note?: ReactNode }) => (
  <div className="ledger">
    <dl>
      {lines.map((line) => <div key={line.key}><dt>{line.label}</dt><dd><MoneyText amount={line.amount} isMinus={line.isMinus ?? false} /></dd></div>)}
      <div className="sum"><dt>{sum.label}</dt><dd><MoneyText amount={sum.amount} /></dd></div>
    </dl>
    {note && <p className="caption">{note}</p>}
  </div>
)
