import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { putMyQualifications, QualificationKind, qualificationsMax, type Qualification } from '#contract/specialists.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { formatFull } from '#src/lib/format.ts'
import { askAsCustomer, rememberCustomer } from '#src/public/ask-as-customer.ts'
import { useAttempt } from '#src/public/use-attempt.ts'
import { getCustomerSession } from '#contract/acceptance.ts'
import { type Draft, draftOf, faultsOf, itemOf } from './drafts.ts'
import { Entry } from './Entry.tsx'
import type { Own } from './use-mine.ts'

type Props = { items: readonly Qualification[]; changedAt: string | null; /** The partner reads them at present. */ isRead: boolean; onSaved: (own: Own) => void }

/** Jobs, certificates, training and projects, written by the specialist. Saved all together. */
export function Qualifications({ items, changedAt, isRead, onSaved }: Props) {
  const { t } = useTranslation()
  const [drafts, setDrafts] = useState(() => items.map(draftOf))
  const [isTried, setTried] = useState(false)
  const [isSaid, setSaid] = useState(false)
  const box = useRef<HTMLFormElement>(null)
  const saving = useAttempt()
  const isFull = drafts.length >= qualificationsMax
  const change = (next: Draft[]) => {
    setSaid(false)
    setDrafts(next)
  }
  const add = (kind: QualificationKind) => {
    const draft = draftOf(kind)
    flushSync(() => change([...drafts, draft]))
    box.current?.querySelector<HTMLInputElement>(`[data-entry="${draft.key}"] input`)?.focus()
  }
  const save = () => {
    flushSync(() => setTried(true))
    if (drafts.some((draft) => Object.keys(faultsOf(draft)).length > 0)) return box.current?.querySelector<HTMLInputElement>('[aria-invalid]')?.focus()
    void saving.run(async () => {
      rememberCustomer((await askAsCustomer(getCustomerSession, {})).csrf)
      const own = await askAsCustomer(putMyQualifications, { body: { items: drafts.map(itemOf) } })
      setTried(false)
      setSaid(true)
      onSaved(own)
    })
  }
  return (
    <form ref={box} noValidate className="my-qualifications" aria-labelledby="qualifications" onSubmit={(event) => { event.preventDefault(); save() }}>
      <h2 id="qualifications">{t('my_specialist.qualifications')}</h2>
      <p className="second">{t(isRead ? 'my_specialist.read_now' : 'my_specialist.read_later')}</p>
      {QualificationKind.options.map((kind) => (
        <section key={kind} aria-labelledby={`kind-${kind}`}>
          <h3 id={`kind-${kind}`}>{t(`my_specialist.kind.${kind}`)}</h3>
          {drafts.filter((draft) => draft.kind === kind).map((draft, place) => (
            <Entry key={draft.key} draft={draft} place={place + 1} faults={isTried ? faultsOf(draft) : {}} onChange={(next) => change(drafts.map((one) => (one.key === draft.key ? next : one)))} onRemove={() => change(drafts.filter(({ key }) => key !== draft.key))} />
          ))}
          <Button isSmall disabledReason={isFull ? t('my_specialist.full', { max: qualificationsMax }) : undefined} onPress={() => add(kind)}>{t(`my_specialist.add.${kind}`)}</Button>
        </section>
      ))}
      <FormError error={saving.error} />
      <div role="status">{isSaid && <Notice tone="success">{t('my_specialist.saved')}</Notice>}</div>
      <div className="public-acts">
        <span className="caption my-changed">{changedAt === null ? t('my_specialist.never') : t('my_specialist.changed_at', { date: formatFull(changedAt) })}</span>
        <Button type="submit" variant="primary" isBusy={saving.isBusy}>{t('my_specialist.save')}</Button>
      </div>
    </form>
  )
}
