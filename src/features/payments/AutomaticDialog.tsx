import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import { getAutomaticPayment, putAutomaticPayment } from '#contract/incentive-payments.ts'
import { PayoutOption } from '#contract/incentives.ts'
import { ApiError } from '#src/api/api-error.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatTime } from '#src/lib/format.ts'
import { OptionCards } from './OptionCards.tsx'
import type { Option } from './rules.ts'

type Automatic = Answer<typeof getAutomaticPayment>

/** Whether statements are requested by themselves once they are confirmed, and how they are paid then. */
export function AutomaticDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [opener] = useState(() => document.activeElement)
  const { data, error, refetch } = useQuery(query(getAutomaticPayment, {}))
  if (data) return <AutomaticForm saved={data} opener={opener} onReload={() => void refetch()} onClose={onClose} />
  return <ModalShell title={t('payments.automatic.title')} opener={opener} onClose={onClose}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={5} />}</ModalShell>
}

function AutomaticForm({ saved, opener, onReload, onClose }: { saved: Automatic; opener: Element | null; onReload: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const [isOn, setOn] = useState(saved.isOn)
  const [option, setOption] = useState<Option | undefined>(saved.option ?? undefined)
  const save = useApiMutation(putAutomaticPayment, {
    invalidates: [getAutomaticPayment],
    onSuccess: () => { showToast({ tone: 'success', title: t('payments.automatic.saved') }); onClose() },
    onError: (error) => { if (error instanceof ApiError && error.failure.code === 'stale') onReload() },
  })
  const isStale = save.error instanceof ApiError && save.error.failure.code === 'stale'
  const isDirty = isOn !== saved.isOn || (option ?? null) !== saved.option
  return (
    <ModalShell
      title={t('payments.automatic.title')} opener={opener} onClose={onClose} isLocked={save.isBusy} isDirty={isDirty && !save.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {save.outcome === 'known' && <Button variant="primary" isBusy={save.isBusy} disabledReason={isOn && option === undefined ? t('payments.automatic.option_missing') : undefined} onPress={() => save.submit({ body: { isOn, option: option ?? null, version: saved.version } })}>{t('payments.automatic.save')}</Button>}
        </>
      )}
    >
      <div className="form payment-form">
        <p className="second">{t('payments.automatic.text')}</p>
        <RadioCards
          legend={t('payments.automatic.switch')} value={isOn ? 'on' : 'off'} onChange={(next) => setOn(next === 'on')}
          options={[{ value: 'on', label: t('payments.automatic.is_on') }, { value: 'off', label: t('payments.automatic.is_off') }]}
        />
        {isOn && <OptionCards legend={t('payments.automatic.option')} options={PayoutOption.options} value={option} onChange={setOption} missing={() => []} />}
        {saved.changedAt && saved.changedByMasked && <p className="caption">{t('payments.automatic.changed', { by: saved.changedByMasked, time: formatTime(saved.changedAt) })}</p>}
        <OutcomeNotice outcome={save.outcome} onAskAgain={save.askAgain} />
        {isStale ? <Notice tone="warning" isAlert>{t('payments.automatic.stale')}</Notice> : <FormError error={save.error} />}
      </div>
    </ModalShell>
  )
}
