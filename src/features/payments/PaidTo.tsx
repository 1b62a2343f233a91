import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { PaymentDetail } from '#contract/incentive-payments.ts'
import { CopyButton } from '#src/components/CopyButton.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { useCouponRights } from '#src/coupons/use-coupon-rights.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import type { Option } from './rules.ts'

type Bank = NonNullable<PaymentDetail['bank']>

/** The account that a bank transfer goes to; its number masked, with its eye. */
export function PaidTo({ bank }: { bank: Bank }) {
  const { t } = useTranslation()
  return (
    <span className="stack">
      <span>{bank.accountName} · {bank.bankName}</span>
      <span><RevealProvider page="/incentives/payments" subject="business"><MaskedText id={bank.id} field="bankAccount" masked={bank.numberMasked} label={t('payments.detail.bank_number')} /></RevealProvider></span>
    </span>
  )
}

/** What the payment arrived as, with the page where it stands. */
export function Arrived({ option, as }: { option: Option; as: string }) {
  const { t } = useTranslation()
  const mayFunds = useCan('funds.view')
  const { kinds } = useCouponRights()
  const to = option === 'TOP_UP' && mayFunds ? paths.transactions() : option === 'VOUCHER_QUOTA' && kinds.includes('VOUCHER') ? paths.coupons({ kind: 'VOUCHER', number: as }) : undefined
  return <>{to ? <Link to={to}>{as}</Link> : as}<CopyButton text={as} what={t('payments.detail.arrived')} /></>
}
