import './customer-settings.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { BillAmounts, getCustomerBills, putCustomerBills } from '#contract/company.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount } from '#src/lib/format.ts'
import { SaveRow } from './SaveRow.tsx'
import { billsEffect, isSameBills, type Bills, type BillsDraft } from './settings.ts'
import { StaleNotice } from './StaleNotice.tsx'
import { Switch } from './Switch.tsx'
import { useResumed } from './use-resumed.ts'
import { isStale, useStale } from './use-stale.ts'

/** Whether resale customers see bills, and with which amounts. */
export function BillsTab() {
  const { data, error, refetch } = useQuery(query(getCustomerBills, {}))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />
  return <Form first={data} />
}

function Form({ first }: { first: Bills }) {
  const { t } = useTranslation()
  const { saved, draft, setDraft, save, stale, take } = useBills(first)
  const isDirty = !isSameBills(saved, draft)
  const { customers: count } = saved
  const effect = billsEffect(saved, draft)
  return (
    <Section title={t('customer_settings.bills.title')} note={t('customer_settings.bills.note')}>
      <div className="panel setting">
        <div className="panel-body setting-switch">
          <div className="stack">
            <span className="setting-name">{t('customer_settings.bills.show')} <StatusTag tone={draft.areShown ? 'info' : 'neutral'} isPlain>{t(draft.areShown ? 'customer_settings.bills.shown' : 'customer_settings.bills.hidden')}</StatusTag></span>
            <p>{t(draft.areShown ? 'customer_settings.bills.shown_text' : 'customer_settings.bills.hidden_text')}</p>
          </div>
          <Switch label={t('customer_settings.bills.show')} isOn={draft.areShown} isBusy={save.isBusy} onTurn={() => setDraft({ ...draft, areShown: !draft.areShown })} />
        </div>
        <div className="panel-body setting-choice">
          <RadioCards
            legend={t('customer_settings.bills.amounts')} value={draft.amounts} isDisabled={save.isBusy} onChange={(amounts) => setDraft({ ...draft, amounts })}
            options={BillAmounts.options.map((value) => ({ value, label: t(`customer_settings.bills.amount.${value}`), note: t(`customer_settings.bills.amount_note.${value}`) }))}
          />
          {!draft.areShown && <p className="caption">{t('customer_settings.bills.amounts_off')}</p>}
        </div>
      </div>
      <div className="setting-notes">
        <p className={isDirty ? 'effect' : 'caption'} role="status">{effect === 'none' ? t('customer_settings.bills.effect_none') : t(`customer_settings.bills.effect_${effect}`, { count, replace: { count: formatCount(count) } })}</p>
        <OutcomeNotice outcome={save.outcome} onAskAgain={save.askAgain} />
        {stale.theirs
          ? <StaleNotice onTheirs={() => take(stale.theirs ?? saved, stale.theirs ?? saved)} onMine={() => { take(stale.theirs ?? saved, draft); save.submit({ body: { ...draft, version: (stale.theirs ?? saved).version } }) }}><span>{t(stale.theirs.areShown ? 'customer_settings.bills.shown' : 'customer_settings.bills.hidden')} · {t(`customer_settings.bills.amount.${stale.theirs.amounts}`)}</span></StaleNotice>
          : <FormError error={isStale(save.error) && stale.isReading ? undefined : save.error} />}
      </div>
      {!stale.theirs && <SaveRow words={t('customer_settings.bills.save')} isDirty={isDirty} isBusy={save.isBusy} isHidden={save.outcome !== 'known'} onSave={() => save.submit({ body: { ...draft, version: saved.version } })} onUndo={() => { save.reset(); setDraft({ areShown: saved.areShown, amounts: saved.amounts }) }} />}
    </Section>
  )
}

/** The draft over the reading it began from. */
function useBills(first: Bills) {
  const { t } = useTranslation()
  const [saved, setSaved] = useState(first)
  const [draft, setDraft] = useState<BillsDraft>({ areShown: first.areShown, amounts: first.amounts })
  const stale = useStale(getCustomerBills, {})
  const take = (base: Bills, next: BillsDraft) => {
    setSaved(base)
    setDraft({ areShown: next.areShown, amounts: next.amounts })
    stale.clear()
  }
  const save = useApiMutation(putCustomerBills, {
    invalidates: [getCustomerBills], onError: stale.notice,
    onSuccess: (answer) => {
      take(answer, answer)
      showToast({ tone: 'success', title: t('customer_settings.bills.saved') })
    },
  })
  useResumed(save, ({ body }) => setDraft({ areShown: body.areShown, amounts: body.amounts }))
  return { saved, draft, setDraft, save, stale, take }
}
