import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CouponKind } from '#contract/coupon-kinds.ts'
import { RadioCards } from '#src/components/RadioCards.tsx'

/** Which kind is issued, where the partner may issue several. */
export function KindChoice({ kinds, kind, onChange }: { kinds: readonly CouponKind[]; kind: CouponKind | undefined; onChange: (kind: CouponKind) => void }) {
  const { t } = useTranslation()
  if (kinds.length < 2) return null
  return <RadioCards legend={t('coupons.kinds')} value={kind} onChange={onChange} options={kinds.map((value) => ({ value, label: t(`coupons.kind.${value}`) }))} />
}
