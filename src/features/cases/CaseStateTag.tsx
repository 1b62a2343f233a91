import { useTranslation } from '#src/i18n/use-translation.ts'
import type { CaseState } from '#contract/company.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { caseTone } from './labels.ts'

/** Where the review of a case stands. */
export function CaseStateTag({ state }: { state: CaseState }) {
  const { t } = useTranslation()
  return <StatusTag tone={caseTone[state]} isPlain={state === 'APPROVED'}>{t(`partner_documents.cases.states.${state}`)}</StatusTag>
}
