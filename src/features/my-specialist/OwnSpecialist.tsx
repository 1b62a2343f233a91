import { useTranslation } from '#src/i18n/use-translation.ts'
import { Notice } from '#src/components/Notice.tsx'
import { StateArt } from '#src/components/StateArt.tsx'
import { formatFull } from '#src/lib/format.ts'
import { Qualifications } from './Qualifications.tsx'
import type { Own } from './use-mine.ts'

/** Whose specialist the account is or was, and what it keeps of itself. */
export function OwnSpecialist({ own, onSaved }: { own: Own; onSaved: (own: Own) => void }) {
  const { t } = useTranslation()
  const { accountName, specialist } = own
  return (
    <>
      <h1 tabIndex={-1}>{t('my_specialist.title')}</h1>
      <p className="caption">{t('my_specialist.signed_in_as', { account: accountName })}</p>
      {specialist === null ? <div className="state"><StateArt kind="nothing" /><h2>{t('my_specialist.none_title')}</h2><p>{t('my_specialist.none_text')}</p></div> : (
        <>
          <div role="status" className="my-standing">
            <Notice tone={specialist.state === 'BOUND' ? 'success' : specialist.state === 'REJECTED' ? 'danger' : 'info'}>
              <p className="strong">{t(`my_specialist.state.${specialist.state}`, { partner: specialist.partnerName })}</p>
              <p>{specialist.state === 'BOUND' ? t('my_specialist.bound_since', { date: formatFull(specialist.boundAt ?? specialist.acceptedAt) }) : specialist.state === 'REJECTED' ? t('my_specialist.reason', { reason: specialist.reason ?? '' }) : t(`my_specialist.state_note.${specialist.state}`)}</p>
            </Notice>
          </div>
          <Qualifications items={specialist.items} changedAt={specialist.changedAt} isRead={specialist.state === 'BOUND'} onSaved={onSaved} />
        </>
      )}
    </>
  )
}
