import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Payment } from '#contract/incentive-payments.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { useOpenAddress } from './use-open-address.ts'
import { useOver } from './use-over.ts'

/** What can be done with a request: its cure as a real button where something is wrong, and looking at it. */
export function PaymentActions({ row }: { row: Payment }) {
  const { t } = useTranslation()
  const open = useOpenAddress()
  return (
    <>
      <PaymentCure row={row} />
      <Link className="row-action" to={open(row.id)} preventScrollReset aria-label={t('payments.action.view_of', { number: row.number })}>{t('payments.action.view')}</Link>
    </>
  )
}

/** What has to be done next by the partner; nothing while it is the vendor's turn. */
export function PaymentCure({ row }: { row: Pick<Payment, 'id' | 'may' | 'state' | 'option' | 'quarter'> }) {
  const { t } = useTranslation()
  const { openEdit } = useOver()
  const mayInvoice = useCan('incentive.invoice')
  const mayBusiness = useCan('profile.business')
  if (row.may.edit && row.quarter !== null) return <ButtonLink isSmall to={paths.incentiveQuarters()}>{t('payments.action.edit')}</ButtonLink>
  if (row.may.edit) return <Button isSmall aria-haspopup="dialog" onPress={() => openEdit(row.id)}>{t('payments.action.edit')}</Button>
  if (row.may.invoice && mayInvoice) return <ButtonLink isSmall to={paths.incentiveInvoices({ edit: row.id })}>{t('payments.action.invoice')}</ButtonLink>
  // A top-up is paid once more by the vendor; a change of business information would only hold it up.
  if (row.state === 'PAYMENT_FAILED' && row.option === 'BANK_TRANSFER' && mayBusiness) return <ButtonLink isSmall to={paths.business()}>{t('payments.action.bank')}</ButtonLink>
  return null
}
