import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Amount } from '#contract/money.ts'
import { AmountInput } from '#src/components/AmountInput.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { Notice } from '#src/components/Notice.tsx'
import type { Move } from './rules.ts'
import { ProposeMax } from './RowsTable.tsx'
import type { MoveRow, MoveRows } from './use-move-rows.ts'

/** The amount of the only customer. @param max what the Max button fills in; a balance too large for one movement has none. */
export function SingleAmount({ move, row: { target, text, block, problem }, max, list }: { move: Move; row: MoveRow; max: Amount | undefined; list: MoveRows }) {
  const { t } = useTranslation()
  const put = (next: string) => list.setText(target.customerId, next)
  if (block) return <Notice tone="warning">{t(`funds.block.${block}`)}</Notice>
  return (
    <div>
      <Labelled label={t(`funds.amount.${move}`)} isRequired error={problem?.text}>
        {(wiring) => <AmountInput {...wiring} data-amount={target.customerId} value={text} onChange={put} max={max === '0.00' ? undefined : max} />}
      </Labelled>
      {problem?.max && <ProposeMax max={problem.max} onTake={put} />}
    </div>
  )
}
