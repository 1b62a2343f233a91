import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { issueMax } from '#contract/coupon-kinds.ts'
import { Button } from '#src/components/Button.tsx'
import { ColumnEye } from '#src/components/ColumnEye.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { formatCustomerNumber } from '#src/lib/format.ts'
import type { Chosen } from './use-chosen.ts'
import type { IssueState } from './use-issue-form.ts'

/** Who gets a coupon. A customer that cannot get one stands here with the reason until it is taken off. @param isBack from the choice of
 *  customers: the focus is where it went from. */
export function ChosenCustomers({ form, chosen, isBack, onAdd }: { form: IssueState; chosen: readonly Chosen[]; isBack: boolean; onAdd: () => void }) {
  const { t } = useTranslation()
  const add = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isBack) add.current?.focus()
  }, [isBack])
  const error = fieldMessage(form.errors.customers, t('coupons.issuing.customers'))
  return (
    <section className="chosen" aria-labelledby="chosen-title">
      <div className="chosen-head">
        <h3 className="label" id="chosen-title">{t('coupons.issuing.customers')}<span className="required" aria-hidden="true"> *</span></h3>
        <span className="caption" role="status">{t('coupons.issuing.chosen', { count: chosen.length, max: issueMax })}</span>
        <Button isSmall icon="plus" ref={add} onPress={onAdd}>{t('coupons.issuing.add')}</Button>
      </div>
      {chosen.length === 0 && <p className={error ? 'field-error' : 'field-hint'} role={error ? 'alert' : undefined}>{error ?? t('coupons.issuing.none_chosen')}</p>}
      {chosen.length > 0 && (
        <table className="plain-table chosen-rows" aria-label={t('coupons.issuing.customers')}>
          <thead><tr><th scope="col"><span className="head">{t('coupons.picking.number')}<ColumnEye ids={chosen.map(({ id }) => id)} fields={['name']} column={t('coupons.picking.number')} /></span></th><th scope="col"><span className="hidden-text">{t('common.remove')}</span></th></tr></thead>
          <tbody>{chosen.map((one) => <Row key={one.id} one={one} onDrop={() => form.setCustomers(form.customers.filter((id) => id !== one.id))} />)}</tbody>
        </table>
      )}
      {chosen.length > 0 && error && <p className="field-error" role="alert">{error}</p>}
    </section>
  )
}

function Row({ one: { id, row, problem }, onDrop }: { one: Chosen; onDrop: () => void }) {
  const { t } = useTranslation()
  const who = row ? `${row.nameMasked} ${row.number}` : t('coupons.picking.number')
  return (
    <tr className={problem ? 'wrong' : undefined}>
      <td>
        <span className="stack">
          {row ? <MaskedText id={id} field="name" masked={row.nameMasked} label={t('coupons.picking.number')} hasEye={false} /> : <span>{problem ? '–' : <i className="skeleton" />}</span>}
          {row && <span>{formatCustomerNumber(row.number)} · {t(`coupons.picking.type.${row.associationType}`)}</span>}
          {problem && <span className="field-error" data-refused={id} tabIndex={-1}>{problem}</span>}
        </span>
      </td>
      <td className="drop"><IconButton icon="close" label={t('coupons.issuing.drop', { who })} onPress={onDrop} /></td>
    </tr>
  )
}
