import { useTranslation } from '#src/i18n/use-translation.ts'
import { cancelSpecialist, getQualifications, querySpecialists, resendSpecialist, type Specialist, unbindSpecialist } from '#contract/specialists.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { showToast } from '#src/components/toast.ts'
import type { Act } from './open.ts'

const endpoints = { resend: resendSpecialist, cancel: cancelSpecialist, unbind: unbindSpecialist }

/** Asks before an invitation is sent again or taken back, or a specialist is let go. */
export function SpecialistQuestion({ act, row, onClose }: { act: Act; row: Specialist; onClose: () => void }) {
  const { t } = useTranslation()
  const change = useApiMutation(endpoints[act], {
    invalidates: [querySpecialists, getQualifications],
    onSuccess: () => {
      showToast({ tone: 'success', title: t(`specialists.ask.${act}_done`), isBrief: true })
      onClose()
    },
  })
  return (
    <ModalShell
      title={t(`specialists.ask.${act}_title`)} onClose={onClose} size="question" isLocked={change.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant={act === 'resend' ? 'primary' : 'danger'} isBusy={change.isBusy} onPress={() => change.submit({ params: { id: row.id }, body: {} })}>{t(`specialists.ask.${act}_verb`)}</Button></>}
    >
      <div className="form">
        <p className="second">{t(`specialists.ask.${act}_text`, { name: row.nameMasked })}</p>
        <FormError error={change.error} />
      </div>
    </ModalShell>
  )
}
