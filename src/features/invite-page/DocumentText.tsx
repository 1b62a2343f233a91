import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssociationType } from '#contract/customers.ts'

export type DocumentName = 'agreement' | 'privacy' | 'notice'

/** The paragraphs of a document that customers agree to. @param type chooses the notice. */
export function DocumentText({ name, type }: { name: DocumentName; type: AssociationType }) {
  const { t } = useTranslation()
  const paragraphs = name === 'notice'
    ? (['p1', 'p2', 'p3', 'p4'] as const).map((p) => t(`documents.notice.${type}.${p}`))
    : name === 'privacy' ? (['p1', 'p2', 'p3', 'p4'] as const).map((p) => t(`documents.privacy.${p}`)) : (['p1', 'p2', 'p3', 'p4', 'p5'] as const).map((p) => t(`documents.agreement.${p}`))
  return <ol className="document">{paragraphs.map((text) => <li key={text}>{text}</li>)}</ol>
}
