import { useTranslation } from 'react-i18next'
import type { CaseState } from '#contract/company.ts'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { caseTone } from './labels.ts'

/** Where the review of a case stands. */
export function CaseStateTag({ state }: { state: CaseState }) {
  const { t } = useTranslation()
  return <StatusTag tone={caseTone[state]} isPlain={state === 'APPROVED'}>{t(`partner_documents.cases.states.${state}`)}</StatusTag>
}
