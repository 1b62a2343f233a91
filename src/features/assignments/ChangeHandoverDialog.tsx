import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { changeHandover, type Handover } from '#contract/assignments.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { serverNow } from '#src/lib/clock.ts'
import { formatCount } from '#src/lib/format.ts'
import { ManagerField } from './ManagerField.tsx'
import { chinaDay, isPlannable, planDays } from './rules.ts'
import { staleAfter } from './stale.ts'

/** Before its day a plan may get another manager, another day, and other words for the customers; its customers stay. */
export function ChangeHandoverDialog({ handover, onClose }: { handover: Handover; onClose: () => void }) {
  const { t } = useTranslation()
  const [to, setTo] = useState(handover.to.id)
  const [day, setDay] = useState(handover.day)
  const [tells, setTells] = useState(handover.tellsCustomers)
  const [today, last] = [chinaDay(serverNow()), chinaDay(serverNow(), planDays)]
  const isDayWrong = !isPlannable(day, serverNow())
  const isSame = to === handover.to.id && day === handover.day && tells === handover.tellsCustomers
  const act = useApiMutation(changeHandover, {
    invalidates: staleAfter,
    onSuccess: ({ state, day: planned, customers: count, number }) => {
      const title = state === 'PLANNED' ? t('assignments.handover.planned', { day: planned }) : t(state === 'DONE' ? 'assignments.handover.done' : 'assignments.handover.running', { count, replace: { count: formatCount(count) } })
      showToast({ tone: 'success', title, text: t('assignments.handover.done_text', { number }), isBrief: true })
      onClose()
    },
  })
  const reason = isSame ? t('assignments.handover.unchanged') : to === '' ? t('assignments.handover.need_to') : isDayWrong ? t('assignments.handover.day_wrong', { last }) : undefined
  return (
    <ModalShell
      title={t('assignments.handover.change_title')} size="form" onClose={onClose} isLocked={act.isBusy} isDirty={!isSame && !act.isBusy}
      footer={(close) => act.outcome === 'known' && (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button variant="primary" isBusy={act.isBusy} disabledReason={reason} onPress={() => act.submit({ params: { id: handover.id }, body: { toId: to, day, tellCustomers: tells } })}>{t(day > today ? 'assignments.handover.save_change' : 'assignments.handover.confirm')}</Button>
        </>
      )}
    >
      <Facts facts={[
        { key: 'from', label: t('assignments.handover.from'), value: handover.from.nameMasked },
        { key: 'moves', label: t('assignments.handover.moves'), value: t('assignments.handover.moves_text', { count: handover.customers, replace: { count: formatCount(handover.customers) } }) },
      ]} />
      <ManagerField label={t('assignments.handover.to')} empty={t('assignments.handover.choose_to')} value={to} without={handover.from.id} also={handover.to} onChange={setTo} />
      <Labelled label={t('assignments.handover.day')} isRequired hint={t('assignments.handover.day_hint', { last })} error={isDayWrong ? t('assignments.handover.day_wrong', { last }) : undefined}>
        {(wiring) => <TextInput {...wiring} type="date" value={day} min={today} max={last} onChange={setDay} />}
      </Labelled>
      <Checkbox isChecked={tells} onChange={setTells} label={t('assignments.handover.tell')}>{t('assignments.handover.tell')}</Checkbox>
      <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
      <FormError error={act.error} />
    </ModalShell>
  )
}
