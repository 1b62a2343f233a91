import { useTranslation } from 'react-i18next'
import type { AssociationType } from '#contract/customers.ts'
import type { DocumentName } from './DocumentText.tsx'

/** @returns a function that names a document in the present language. */
export function useDocumentName(type: AssociationType): (name: DocumentName) => string {
  const { t } = useTranslation()
  return (name) => (name === 'notice' ? t(`documents.notice.${type}.name`) : t(`documents.${name}.name`))
}
