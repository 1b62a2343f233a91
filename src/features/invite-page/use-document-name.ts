import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssociationType } from '#contract/customers.ts'
import type { DocumentName } from './DocumentText.tsx'

/** @returns a function that names a document in the present language. */
export function useDocumentName(type: AssociationType): (name: DocumentName) => string {
  const { t } = useTranslation()
  return (name) => (name === 'notice' ? t(`documents.notice.${type}.name`) : t(`documents.${name}.name`))
}
