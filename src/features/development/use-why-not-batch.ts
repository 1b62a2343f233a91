import { useTranslation } from '#src/i18n/use-translation.ts'
import { inviteBatchMax } from '#contract/invites.ts'
import type { Desk } from './use-desk.ts'

/** @returns in words why the ticked rows cannot be invited as one batch. */
export function useWhyNotBatch(count: number, desk: Desk): string | undefined {
  const { t } = useTranslation()
  if (desk.mailBlocked) return t('development.why.blocked')
  if (count === 0) return t('development.batch_none')
  return count > inviteBatchMax ? t('development.batch_many', { max: inviteBatchMax }) : undefined
}
