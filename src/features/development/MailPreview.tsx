import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssociationType } from '#contract/customers.ts'
import type { Answer } from '#contract/endpoint.ts'
import { previewInvitation } from '#contract/invites.ts'
import { listQuery } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { Facts } from '#src/components/Facts.tsx'

type Props = { type: AssociationType | undefined; prospectId?: string }

/** The button that shows the mail as the customer will read it, and the mail below. @param prospectId without one it stands for many. */
export function MailPreview({ type, prospectId }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="mail-preview">
      <Button isSmall icon={isOpen ? 'up' : 'eye'} aria-expanded={isOpen && type !== undefined} disabledReason={type === undefined ? t('development.dialog.preview_first') : undefined} onPress={() => setOpen(!isOpen)}>
        {t(isOpen && type !== undefined ? 'development.dialog.preview_hide' : 'development.dialog.preview')}
      </Button>
      {isOpen && type !== undefined && <Mail type={type} {...(prospectId !== undefined && { prospectId })} />}
    </div>
  )
}

function Mail({ type, prospectId }: { type: AssociationType; prospectId?: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ ...listQuery(previewInvitation, { body: { associationType: type, ...(prospectId !== undefined && { prospectId }) } }), staleTime: 60_000 })
  if (error) return <ErrorState error={error} isInline onRetry={() => void refetch()} />
  if (!data) return <i className="skeleton mail-waits" />
  return (
    <section className="mail" aria-label={t('development.dialog.preview_label')} tabIndex={0}>
      <div className="mail-head">
        <Facts facts={[
          { key: 'subject', label: t('development.dialog.subject'), value: <span className="strong">{data.subject}</span> },
          { key: 'to', label: t('development.dialog.recipient'), value: data.toMasked ?? t('development.dialog.recipient_each') },
        ]} />
      </div>
      <div className="mail-body">{data.blocks.map((block, index) => <Block key={index} block={block} />)}</div>
    </section>
  )
}

/** One part of the mail, drawn by the console itself; its link leads nowhere from here. */
function Block({ block }: { block: Answer<typeof previewInvitation>['blocks'][number] }) {
  switch (block.kind) {
    case 'text': return <p>{block.text}</p>
    case 'button': return <p><span className="mail-button">{block.text}</span></p>
    case 'facts': return <Facts facts={block.facts.map(({ label, value }, index) => ({ key: String(index), label, value }))} />
    case 'small': return <p className="caption">{block.text}</p>
  }
}
