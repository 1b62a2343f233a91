import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { AssociationType } from '#contract/customers.ts'
import type { Prospect } from '#contract/prospects.ts'
import { ApiError } from '#src/api/api-error.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { rowWords } from './labels.ts'
import { MailPreview } from './MailPreview.tsx'
import { type RefusedRow, refusedRows } from './refused-rows.ts'
import { type Focusable, firstType, TypeChoice } from './TypeChoice.tsx'
import type { Desk } from './use-desk.ts'
import { useInvite } from './use-invite.ts'

type Props = { rows: readonly Prospect[]; desk: Desk; /** The ticked rows were invited. */ onSent: () => void; onClose: () => void }

/** Mails one invitation to each ticked prospect: to all or to none. Refused rows are told one by one and leave with one press. */
export function BatchDialog({ rows, desk, onSent, onClose }: Props) {
  const { t } = useTranslation()
  const [kept, setKept] = useState(rows)
  const [type, setType] = useState<AssociationType | undefined>(() => firstType(desk.types, undefined))
  const [isTried, setTried] = useState(false)
  const choice = useRef<Focusable>(null)
  const sent = useRef<readonly Prospect[]>(rows)
  const send = useInvite({ onSent: () => { onSent(); onClose() } })
  const refused = refusedRows(send.error instanceof ApiError ? send.error.failure.rows : undefined, sent.current)
  const submit = (targets: readonly Prospect[]) => {
    setTried(true)
    if (type === undefined) choice.current?.focus()
    if (type === undefined || send.outcome !== 'known') return
    sent.current = targets
    setKept(targets)
    send.submit({ body: { associationType: type, prospectIds: targets.map((row) => row.id) } })
  }
  const rest = kept.filter((row) => refused.every((one) => one.row.id !== row.id))
  return (
    <ModalShell
      title={t('development.dialog.title_batch', { count: kept.length })} onClose={onClose} isLocked={send.isBusy}
      footer={(close) => (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {send.outcome === 'known' && refused.length === 0 && <Button variant="primary" type="submit" form="batch-form" isBusy={send.isBusy}>{t('development.dialog.send_batch', { count: kept.length })}</Button>}
          {send.outcome === 'known' && refused.length > 0 && rest.length > 0 && <Button variant="primary" isBusy={send.isBusy} onPress={() => submit(rest)}>{t('development.dialog.drop', { count: refused.length })}</Button>}
        </>
      )}
    >
      <form id="batch-form" className="form invite-form" noValidate onSubmit={(event) => { event.preventDefault(); submit(kept) }}>
        <TypeChoice ref={choice} types={desk.types} value={type} onChange={setType} isWrong={isTried} />
        <MailPreview type={type} />
        <p className="caption">{t('development.dialog.rule_batch')}</p>
        <OutcomeNotice outcome={send.outcome} onAskAgain={send.askAgain} />
        {refused.length > 0 ? <Refused refused={refused} hasRest={rest.length > 0} /> : <FormError error={send.error} />}
      </form>
    </ModalShell>
  )
}

/** Who cannot be invited and why. It takes the focus, so that nobody misses it. */
function Refused({ refused, hasRest }: { refused: readonly RefusedRow[]; hasRest: boolean }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [refused.length])
  return (
    <div ref={box} className="note danger refused-rows" role="alert" tabIndex={-1}>
      <Icon name="danger" />
      <div className="note-text">
        <span className="strong">{hasRest ? t('development.dialog.refused_some', { count: refused.length }) : t('development.dialog.all_refused')}</span>
        <ul>{refused.map(({ row, reason }) => <li key={row.id}>{rowWords(row)}{t('common.colon')}{reason}</li>)}</ul>
      </div>
    </div>
  )
}
