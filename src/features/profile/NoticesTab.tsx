import './customer-settings.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getCustomerNotices, putCustomerNotices } from '#contract/company.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { Section } from '#src/components/Section.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount } from '#src/lib/format.ts'
import { NoticeMatrix } from './NoticeMatrix.tsx'
import { SaveRow } from './SaveRow.tsx'
import { isSameNotices, noticesEffect, silentTopics, type Notices, type NoticesDraft } from './settings.ts'
import { StaleNotice } from './StaleNotice.tsx'
import { Switch } from './Switch.tsx'
import { useResumed } from './use-resumed.ts'
import { isStale, useStale } from './use-stale.ts'

/** Which messages resale customers get, and whether the partner settles that. */
export function NoticesTab() {
  const { data, error, refetch } = useQuery(query(getCustomerNotices, {}))
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} />
  return <Form first={data} />
}

function Form({ first }: { first: Notices }) {
  const { t } = useTranslation()
  const { saved, draft, setDraft, save, stale, take } = useNotices(first)
  const isDirty = !isSameNotices(saved, draft)
  const { customers: count } = saved
  const effect = noticesEffect(saved, draft)
  const silent = silentTopics(draft.template)
  return (
    <Section title={t('customer_settings.notices.title')} note={t('customer_settings.notices.note')}>
      <div className="panel setting">
        <div className="panel-body setting-switch">
          <div className="stack">
            <span className="setting-name">{t('customer_settings.notices.take')} <StatusTag tone={draft.isTakenOver ? 'info' : 'neutral'} isPlain>{t(draft.isTakenOver ? 'customer_settings.notices.taken' : 'customer_settings.notices.not_taken')}</StatusTag></span>
            <p>{t(draft.isTakenOver ? 'customer_settings.notices.taken_text' : 'customer_settings.notices.not_taken_text')}</p>
          </div>
          <Switch label={t('customer_settings.notices.take')} isOn={draft.isTakenOver} isBusy={save.isBusy} onTurn={() => setDraft({ ...draft, isTakenOver: !draft.isTakenOver })} />
        </div>
        <NoticeMatrix template={draft.template} isDisabled={save.isBusy} onChange={(template) => setDraft({ ...draft, template })} />
      </div>
      <div className="setting-notes">
        {!draft.isTakenOver && <p className="caption">{t('customer_settings.notices.off_note')}</p>}
        {silent.length > 0 && draft.isTakenOver && <Notice tone="warning">{t(silent.includes('security') ? 'customer_settings.notices.security_off' : 'customer_settings.notices.silent', { topics: silent.map((topic) => t(`customer_settings.notices.topics.${topic}`)).join(t('common.list_separator')) })}</Notice>}
        <p className={isDirty ? 'effect' : 'caption'} role="status">{effect === 'none' ? isDirty && t('customer_settings.notices.effect_none') : t(`customer_settings.notices.effect_${effect}`, { count, replace: { count: formatCount(count) } })}</p>
        <OutcomeNotice outcome={save.outcome} onAskAgain={save.askAgain} />
        {stale.theirs
          ? <StaleNotice onTheirs={() => take(stale.theirs ?? saved, stale.theirs ?? saved)} onMine={() => { take(stale.theirs ?? saved, draft); save.submit({ body: { ...draft, version: (stale.theirs ?? saved).version } }) }}><span>{t(stale.theirs.isTakenOver ? 'customer_settings.notices.taken' : 'customer_settings.notices.not_taken')}</span></StaleNotice>
          : <FormError error={isStale(save.error) && stale.isReading ? undefined : save.error} />}
      </div>
      {!stale.theirs && <SaveRow words={t('customer_settings.notices.save')} isDirty={isDirty} isBusy={save.isBusy} isHidden={save.outcome !== 'known'} onSave={() => save.submit({ body: { isTakenOver: draft.isTakenOver, template: draft.template, version: saved.version } })} onUndo={() => { save.reset(); setDraft(saved) }} />}
    </Section>
  )
}

/** The draft over the reading it began from. */
function useNotices(first: Notices) {
  const { t } = useTranslation()
  const [saved, setSaved] = useState(first)
  const [draft, setDraft] = useState<NoticesDraft>({ isTakenOver: first.isTakenOver, template: first.template })
  const stale = useStale(getCustomerNotices, {})
  const take = (base: Notices, next: NoticesDraft) => {
    setSaved(base)
    setDraft({ isTakenOver: next.isTakenOver, template: next.template })
    stale.clear()
  }
  const save = useApiMutation(putCustomerNotices, {
    invalidates: [getCustomerNotices], onError: stale.notice,
    onSuccess: (answer) => {
      take(answer, answer)
      showToast({ tone: 'success', title: t('customer_settings.notices.saved') })
    },
  })
  useResumed(save, ({ body }) => setDraft({ isTakenOver: body.isTakenOver, template: body.template }))
  return { saved, draft, setDraft, save, stale, take }
}
