import { useTranslation } from '#src/i18n/use-translation.ts'
import { type CompanyChange, getCompany, queryCompanyChanges, withdrawCompanyChange } from '#contract/company.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { showToast } from '#src/components/toast.ts'

/** Takes a change back that waits for its review. */
export function WithdrawQuestion({ change, onClose }: { change: CompanyChange; onClose: () => void }) {
  const { t } = useTranslation()
  const withdraw = useApiMutation(withdrawCompanyChange, {
    invalidates: [getCompany, queryCompanyChanges],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('company.withdrawn') })
      onClose()
      // The pressed button leaves with the change.
      setTimeout(() => document.querySelector<HTMLElement>('h1')?.focus())
    },
  })
  return (
    <ModalShell
      title={t('company.withdraw_title')} size="question" onClose={onClose} isLocked={withdraw.isBusy}
      footer={(close) => <><Button onPress={close}>{t('company.withdraw_keep')}</Button><Button variant="primary" isBusy={withdraw.isBusy} onPress={() => withdraw.submit({ params: { id: change.id }, body: {} })}>{t('company.withdraw')}</Button></>}
    >
      <p className="second">{t('company.withdraw_text')}</p>
      <FormError error={withdraw.error} />
    </ModalShell>
  )
}
