import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { couponBatchMax } from '#contract/coupons.ts'
import { AmountInput } from '#src/components/AmountInput.tsx'
import { Button } from '#src/components/Button.tsx'
import { fieldMessage } from '#src/components/form-error.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { formatMoney } from '#src/lib/format.ts'
import type { Share } from './quota-rules.ts'
import type { Give } from './use-give.ts'

/** Who gets how much. A reseller that was refused stands here with the reason until it is taken off. */
export function Shares({ give, onAdd }: { give: Give; onAdd: () => void }) {
  const { t } = useTranslation()
  const add = useReturnedFocus()
  const error = give.isEmpty ? fieldMessage('resellers_min', t('reseller_quotas.giving.resellers')) : undefined
  return (
    <section className="chosen" aria-labelledby="shares-title">
      <div className="chosen-head">
        <h3 className="label" id="shares-title">{t('reseller_quotas.giving.resellers')}<span className="required" aria-hidden="true"> *</span></h3>
        <span className="caption" role="status">{t('reseller_quotas.giving.chosen', { count: give.shares.length, max: couponBatchMax })}</span>
        <Button isSmall icon="plus" ref={add} onPress={onAdd}>{t('reseller_quotas.giving.add')}</Button>
      </div>
      {give.shares.length === 0 && <p className={error ? 'field-error' : 'field-hint'} role={error ? 'alert' : undefined}>{error ?? t('reseller_quotas.giving.none')}</p>}
      {give.shares.length > 1 && <SameForAll onFill={give.setAll} />}
      {give.shares.length > 0 && <ul className="shares" aria-label={t('reseller_quotas.giving.resellers')}>{give.shares.map((share) => <Row key={share.id} share={share} give={give} />)}</ul>}
    </section>
  )
}

function Row({ share: { id, typed }, give }: { share: Share; give: Give }) {
  const { t } = useTranslation()
  const reseller = give.resellers.get(id)
  const who = reseller ? `${reseller.nameMasked} ${reseller.account}` : t('reseller_quotas.giving.reseller')
  const refused = give.refused.get(id)
  const label = t('reseller_quotas.giving.amount')
  return (
    <li className={refused ? 'wrong' : undefined}>
      <span className="stack">
        {reseller ? <MaskedText id={id} field="name" masked={reseller.nameMasked} label={t('reseller_quotas.giving.reseller')} /> : <i className="skeleton" />}
        {reseller && <span>{reseller.account} · {t('reseller_quotas.giving.had', { amount: formatMoney(reseller.quotaLeft) })}</span>}
        {refused && <span className="field-error" data-refused={id} tabIndex={-1}>{refused}</span>}
      </span>
      <Labelled label={label} error={fieldMessage(give.wrong.get(id), label)}>{(wiring) => <AmountInput {...wiring} aria-label={t('reseller_quotas.giving.amount_of', { who })} value={typed} onChange={(text) => give.setAmount(id, text)} />}</Labelled>
      <IconButton icon="close" label={t('reseller_quotas.giving.drop', { who })} onPress={() => give.drop([id])} />
    </li>
  )
}

/** Types one amount into all rows. */
function SameForAll({ onFill }: { onFill: (typed: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  return (
    <div className="same-for-all">
      <Labelled label={t('reseller_quotas.giving.same')}>{(wiring) => <AmountInput {...wiring} value={typed} onChange={setTyped} />}</Labelled>
      <Button onPress={() => onFill(typed)}>{t('reseller_quotas.giving.same_act')}</Button>
    </div>
  )
}

/** Coming back from the choice of resellers, the focus is where it went from. */
function useReturnedFocus() {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // A dialog that has just opened gives the focus to its first field itself.
    if (document.activeElement === document.body || document.activeElement?.getAttribute('role') === 'dialog') button.current?.focus()
  }, [])
  return button
}
