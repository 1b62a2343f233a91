import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { issueMax } from '#contract/coupon-kinds.ts'
import { queryCandidates } from '#contract/coupons.ts'
import type { Answer } from '#contract/endpoint.ts'
import { listQuery } from '#src/api/query.ts'
import type { IssueState } from './use-issue-form.ts'

export type Candidate = Answer<typeof queryCandidates>['items'][number]
/** A chosen customer: its row once it is known, and why it cannot get a coupon of this quota. */
export type Chosen = { id: string; row: Candidate | undefined; problem: string | undefined }

/** @returns the customers of the form in their order. A customer that the server does not give is unknown or not the person's. */
export function useChosen({ quota, customers, refused }: IssueState): readonly Chosen[] {
  const { t } = useTranslation()
  const known = useQuery({ ...listQuery(queryCandidates, { body: { quotaId: quota?.id ?? '', customerIds: customers.slice(0, issueMax), pageSize: issueMax } }), enabled: quota !== undefined && customers.length > 0 })
  const rows = known.data?.items ?? []
  const isKnown = known.data !== undefined && !known.isPlaceholderData
  return customers.map((id) => {
    const row = rows.find((one) => one.id === id)
    return { id, row, problem: refused.get(id) ?? row?.refused?.message ?? (isKnown && !row ? t('coupons.issuing.unknown') : undefined) }
  })
}
