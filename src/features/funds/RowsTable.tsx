import { useTranslation } from '#src/i18n/use-translation.ts'
import { AmountInput } from '#src/components/AmountInput.tsx'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { formatMoney } from '#src/lib/format.ts'
import { limitOf, type Move } from './rules.ts'
import type { MoveRow, MoveRows } from './use-move-rows.ts'

/** The customers of a batch, each with its own amount. */
export function RowsTable({ move, list }: { move: Move; list: MoveRows }) {
  const { t } = useTranslation()
  const name = t('funds.customer')
  return (
    <table className="plain-table move-rows" aria-label={t('funds.rows')}>
      <thead>
        <tr>
          <th scope="col"><span className="head">{name}<ColumnEye ids={list.rows.map((row) => row.target.customerId)} fields={['name']} column={name} /></span></th>
          <th scope="col" className="num">{t('funds.balance')}</th>
          {move === 'reclaim' && <th scope="col" className="num">{t('funds.reclaimable')}</th>}
          <th scope="col" className="amount-head">{t(`funds.amount.${move}`)}</th>
          <th scope="col"><span className="hidden-text">{t('common.remove')}</span></th>
        </tr>
      </thead>
      <tbody>
        {list.rows.map((row) => <Row key={row.target.customerId} move={move} row={row} list={list} isLast={list.rows.length === 1} />)}
      </tbody>
    </table>
  )
}

function Row({ move, row: { target, text, block, problem }, list, isLast }: { move: Move; row: MoveRow; list: MoveRows; isLast: boolean }) {
  const { t } = useTranslation()
  const { customerId: id, nameMasked, number, balance, reclaimable } = target
  const tail = t('funds.id_tail', { tail: number.slice(-4) })
  const who = `${nameMasked} ${tail}`
  return (
    <tr className={problem ? 'wrong' : undefined}>
      <td className="who"><span className="stack"><MaskedText id={id} field="name" masked={nameMasked} label={t('funds.customer')} hasEye={false} /><span>{tail}{target.isFrozen && ` · ${t('funds.frozen')}`}</span></span></td>
      <td className="num" data-label={t('funds.balance')}><MoneyText amount={balance} /></td>
      {move === 'reclaim' && <td className="num" data-label={t('funds.reclaimable')}><MoneyText amount={reclaimable.reclaimable} /></td>}
      <td className="amount-cell">
        {block
          ? <p data-amount={id} tabIndex={-1} className={problem ? 'field-error' : 'field-hint'}>{t(`funds.block.${block}`)}</p>
          : (
            <>
              <AmountInput
                data-amount={id} value={text} onChange={(next) => list.setText(id, next)} aria-label={t('funds.amount_of', { who })} aria-required
                {...(move === 'reclaim' && { max: limitOf(target, undefined) })} {...(problem && { 'aria-invalid': true, 'aria-describedby': `${id}-problem` })}
              />
              {problem && (
                <p className="field-error" id={`${id}-problem`}>
                  {problem.text}
                  {problem.max && <ProposeMax max={problem.max} onTake={(next) => list.setText(id, next)} />}
                </p>
              )}
            </>
          )}
      </td>
      <td className="drop"><IconButton icon="close" label={t('funds.drop_row', { who })} isOff={isLast} onPress={() => list.drop([id])} /></td>
    </tr>
  )
}

/** Takes the largest amount that the server would accept. */
export function ProposeMax({ max, onTake }: { max: string; onTake: (text: string) => void }) {
  const { t } = useTranslation()
  return <> <button type="button" className="text-link" onClick={() => onTake(formatMoney(max))}>{t('funds.take_max', { max: formatMoney(max) })}</button></>
}
