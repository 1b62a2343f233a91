import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getPayment, type PaymentDetail, withdrawPayment } from '#contract/incentive-payments.ts'
import { query } from '#src/api/query.ts'
import { useResume } from '#src/api/use-resume.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Ledger } from '#src/components/Ledger.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { formatMonth } from '#src/lib/format.ts'
import { useSend } from './use-send.ts'

/** Asks before a request whose payment failed is given up. @param id of the request. */
export function WithdrawDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { data } = useQuery(query(getPayment, { params: { id } }))
  // Once it is withdrawn, or was by a colleague, the question is over: the dialog stays only for what it said.
  return data?.may.withdraw === true || data?.state === 'WITHDRAWN' ? <Question details={data} onClose={onClose} /> : null
}

function Question({ details, onClose }: { details: PaymentDetail; onClose: () => void }) {
  const { t } = useTranslation()
  const act = useSend(withdrawPayment, 'payments.withdraw.done', onClose)
  useResume(act.submit, act.unfinished?.params.id === details.id ? act.unfinished : undefined)
  return (
    <ModalShell
      title={t('payments.withdraw.title', { number: details.number })} onClose={onClose} isLocked={act.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {act.outcome === 'known' && <Button variant="danger" isBusy={act.isBusy} disabledReason={details.may.withdraw ? undefined : t('payments.state.WITHDRAWN')} onPress={() => act.submit({ params: { id: details.id }, body: {} })}>{t('payments.withdraw.submit')}</Button>}
        </>
      )}
    >
      <div className="form">
        <p>{t('payments.withdraw.text')}</p>
        <Ledger
          lines={details.items.map((item) => ({ key: item.id, label: <span className="stack"><span>{item.number}</span><span>{formatMonth(item.period)} · {item.programName}</span></span>, amount: item.amount }))}
          sum={{ label: t('payments.withdraw.sum'), amount: details.total }}
        />
        <p className="caption">{t('payments.withdraw.invoice')}</p>
        <OutcomeNotice outcome={act.outcome} onAskAgain={act.askAgain} />
        <FormError error={act.error} />
      </div>
    </ModalShell>
  )
}
