import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { NoticeTopic } from '#contract/company.ts'
import type { Answer } from '#contract/endpoint.ts'
import { getMyNotices, putMyNotices } from '#contract/my.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { Checkbox } from '#src/components/Checkbox.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { askAsCustomer } from '#src/public/ask-as-customer.ts'
import { useAttempt } from '#src/public/use-attempt.ts'
import { PartFailed } from './PartFailed.tsx'
import { useAsked } from './use-asked.ts'

type Notices = Answer<typeof getMyNotices>
type Template = Notices['template']
const channels = ['sms', 'email', 'inApp'] as const satisfies readonly (keyof Template['balance'])[]

/** Which messages reach the customer over which channel: its own choice, or to read only while the partner has taken that over. */
export function MyNotices() {
  const { t } = useTranslation()
  const { answer, error, take, again } = useAsked(getMyNotices, {})
  return (
    <section className="my-section" aria-labelledby="my-notices">
      <h2 id="my-notices">{t('my.notices')}</h2>
      {error && <PartFailed words={t('my.notices_failed')} error={error} onRetry={again} />}
      {!answer && !error && <div className="skeletons" role="status" aria-busy="true" aria-label={t('my.loading')}><i className="skeleton" /><i className="skeleton" /></div>}
      {answer?.isTakenOver && <><Notice>{t('my.notices_taken')}</Notice><Matrix template={answer.template} /></>}
      {answer && !answer.isTakenOver && <Own saved={answer} onSaved={take} onChanged={again} />}
    </section>
  )
}

function Own({ saved, onSaved, onChanged }: { saved: Notices; onSaved: (next: Notices) => void; onChanged: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(saved.template)
  const [isSaid, setSaid] = useState(false)
  const saving = useAttempt()
  const isSame = NoticeTopic.options.every((topic) => channels.every((channel) => draft[topic][channel] === saved.template[topic][channel]))
  const silent = NoticeTopic.options.filter((topic) => channels.every((channel) => !draft[topic][channel]))
  const save = () => saving.run(async () => {
    try {
      const next = await askAsCustomer(putMyNotices, { body: { template: draft } })
      setDraft(next.template)
      onSaved(next)
      setSaid(true)
    } catch (error) {
      // The partner has taken it over meanwhile: then the page shows that.
      if (error instanceof ApiError && error.failure.code === 'conflict') onChanged()
      throw error
    }
  })
  return (
    <>
      <p className="second">{t('my.notices_note')}</p>
      <Matrix template={draft} onChange={saving.isBusy ? undefined : (next) => { setSaid(false); setDraft(next) }} />
      {silent.length > 0 && <p className="caption">{t('my.notices_silent', { topics: silent.map((topic) => t(`my.topics.${topic}`)).join(t('common.list_separator')) })}</p>}
      <FormError error={saving.error} />
      <p className="my-save"><Button isBusy={saving.isBusy} disabledReason={isSame && !saving.isBusy ? t('my.notices_unchanged') : undefined} onPress={() => void save()}>{t('my.notices_save')}</Button><span role="status" className="caption">{isSaid && isSame && t('my.notices_saved')}</span></p>
    </>
  )
}

/** Without `onChange` to read only. */
function Matrix({ template, onChange }: { template: Template; onChange?: ((next: Template) => void) | undefined }) {
  const { t } = useTranslation()
  return (
    <table className="plain-table my-matrix" aria-label={t('my.notices')}>
      <thead><tr><th scope="col">{t('my.topic')}</th>{channels.map((channel) => <th key={channel} scope="col">{t(`my.channels.${channel}`)}</th>)}</tr></thead>
      <tbody>
        {NoticeTopic.options.map((topic) => (
          <tr key={topic}>
            <th scope="row"><span className="stack"><span>{t(`my.topics.${topic}`)}</span><span>{t(`my.topic_notes.${topic}`)}</span></span></th>
            {channels.map((channel) => {
              const isOn = template[topic][channel]
              return (
                <td key={channel}>
                  {onChange
                    ? <Checkbox label={t('my.cell', { topic: t(`my.topics.${topic}`), channel: t(`my.channels.${channel}`) })} isChecked={isOn} onChange={(next) => onChange({ ...template, [topic]: { ...template[topic], [channel]: next } })} />
                    : <span className={isOn ? undefined : 'quiet'}><Icon name={isOn ? 'check' : 'minus'} /><span className="hidden-text">{t(isOn ? 'my.is_on' : 'my.is_off')}</span></span>}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
