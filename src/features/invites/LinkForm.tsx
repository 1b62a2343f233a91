import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { AssociationType } from '#contract/customers.ts'
import type { Answer } from '#contract/endpoint.ts'
import { createLink, getInviteDesk, queryLinks } from '#contract/invites.ts'
import { isPlainLine } from '#contract/text.ts'
import { ApiError } from '#src/api/api-error.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { RadioCards } from '#src/components/RadioCards.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { formatTime } from '#src/lib/format.ts'
import { keepAddress } from './address.ts'
import type { OnOpen } from './open.ts'

type Desk = Answer<typeof getInviteDesk>

/** Makes a custom link: who it is for, and the label that its customers will carry. */
export function LinkForm({ desk, onOpen, onClose }: { desk: Desk; onOpen: OnOpen; onClose: () => void }) {
  const { t } = useTranslation()
  const [isTried, setTried] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const make = useApiMutation(createLink, {
    invalidates: [getInviteDesk, queryLinks],
    onSuccess: ({ link, url }) => {
      keepAddress(link, url)
      onOpen({ at: 'link', link, url, title: 'made' })
    },
  })
  // After a reload in the middle the same words are in the form, so that the same attempt continues.
  const left = make.unfinished?.body.kind === 'CUSTOM' ? make.unfinished.body : undefined
  const [type, setType] = useState<AssociationType | undefined>(left?.associationType ?? desk.types[0])
  const [label, setLabel] = useState(left?.label ?? '')
  const text = label.trim()
  const isWrong = text === '' || [...text].length > 64 || !isPlainLine(text)
  const atLabel = make.error instanceof ApiError && make.error.failure.fields?.some(({ path }) => path.endsWith('label'))
  useEffect(() => {
    if (atLabel) field.current?.focus()
  }, [atLabel, make.error])
  const { used, max, nextAt } = desk.customLinks
  const full = nextAt === null ? undefined : t('invites.form.full', { max, time: formatTime(nextAt) })
  return (
    <ModalShell
      title={t('invites.page.make')} onClose={onClose} initialFocus={field} isDirty={label !== '' && !make.isBusy} isLocked={make.isBusy}
      footer={(close) => (
        <>
          <span className="quiet footer-note">{t('invites.form.counter', { used, max })}</span>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {make.outcome === 'known' && <Button variant="primary" type="submit" form="link-form" isBusy={make.isBusy} disabledReason={full}>{t('invites.form.submit')}</Button>}
        </>
      )}
    >
      <form
        id="link-form" className="form" noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (isWrong) field.current?.focus()
          else if (type && !full) make.submit({ body: { kind: 'CUSTOM', associationType: type, label: text } })
        }}
      >
        <RadioCards
          legend={t('invites.form.type')} value={type} onChange={setType}
          options={AssociationType.options.map((value) => ({ value, label: t(`invites.type.${value}`), note: t(`invites.link.type_note_${value}`), disabledReason: desk.types.includes(value) ? undefined : t('invites.form.type_closed') }))}
        />
        <Labelled label={t('invites.form.label')} isRequired hint={t('invites.form.label_hint')} error={atLabel || (isTried && isWrong) ? t('invites.form.label_invalid') : undefined}>
          {(wiring) => <TextInput {...wiring} ref={field} value={label} onChange={setLabel} spellCheck={false} />}
        </Labelled>
        {left && <Notice>{t('common.unfinished')}</Notice>}
        {full && <Notice tone="warning">{full}</Notice>}
        <OutcomeNotice outcome={make.outcome} onAskAgain={make.askAgain} />
        {!atLabel && <FormError error={make.error} />}
      </form>
    </ModalShell>
  )
}
