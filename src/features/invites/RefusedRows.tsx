import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Invitation } from '#contract/invites.ts'
import { Button } from '#src/components/Button.tsx'
import { Icon } from '#src/components/Icon.tsx'

/** Which invitations cannot be sent again and why. @param onDrop takes them off the list; left out where nothing would remain. */
export function RefusedRows({ refused, onDrop }: { refused: readonly { row: Invitation; reason: string }[]; onDrop: (() => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <div className="note danger refused-rows" role="alert">
      <Icon name="danger" />
      <div className="note-text">
        <span className="strong">{t('invites.resend.refused', { count: refused.length })}</span>
        <ul>{refused.map(({ row, reason }) => <li key={row.id}>{row.nameMasked ?? ''} {row.number}{t('common.colon')}{reason}</li>)}</ul>
        {onDrop && <Button isSmall onPress={onDrop}>{t('invites.resend.drop', { count: refused.length })}</Button>}
      </div>
    </div>
  )
}
