import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Prospect } from '#contract/prospects.ts'
import { Button } from '#src/components/Button.tsx'
import { ManagerContact } from '#src/components/ManagerContact.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import type { Desk } from './use-desk.ts'

/** What no further mail can cure: says so, and what else leads to a customer. @param onReport opens the form for another account. */
export function CauseDialog({ row, desk, onReport, onClose }: { row: Prospect; desk: Desk; onReport: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  const isOtherAccount = row.cure === 'invite_other_account'
  return (
    <ModalShell
      title={t(isOtherAccount ? 'development.cause.title' : 'development.cause.blocked_title')} size="question" onClose={onClose}
      footer={(close) => (
        <>
          {isOtherAccount && desk.mayReport && <Button onPress={onReport}>{t('development.cause.other')}</Button>}
          <Button variant="primary" onPress={close}>{t('common.close')}</Button>
        </>
      )}
    >
      <div className="form explained">
        {row.cause && <Notice tone="danger">{t('development.cause.of', { name: row.nameMasked, cause: t(`invites.cause.${row.cause}`) })}</Notice>}
        <p>{t(isOtherAccount ? 'development.cause.other_account' : 'development.cause.ask_manager')}</p>
        <p className="second"><ManagerContact manager={desk.manager} /></p>
      </div>
    </ModalShell>
  )
}
