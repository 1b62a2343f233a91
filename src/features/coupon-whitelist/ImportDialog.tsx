import '#src/coupons/issue.css'
import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { importWhitelist, queryWhitelist, WhitelistPreview, whitelistUploadPath } from '#contract/coupon-whitelist.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { OutcomeNotice } from '#src/components/OutcomeNotice.tsx'
import { showToast } from '#src/components/toast.ts'
import { useFile } from '#src/components/use-file.ts'
import { formatCount } from '#src/lib/format.ts'
import { FileChoice } from './FileChoice.tsx'
import { PreviewStep } from './PreviewStep.tsx'

const endings = ['.xlsx', '.csv'] as const

/** A new version of the whitelist from its file to the question whether it shall replace the present list. Nothing changes before. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { file, send, stop } = useFile({ path: whitelistUploadPath, answer: WhitelistPreview, endings })
  const [isAsking, setAsking] = useState(false)
  const replace = useApiMutation(importWhitelist, {
    invalidates: [queryWhitelist],
    onSuccess: ({ version, size }) => {
      showToast({ tone: 'success', title: t('whitelist.import.done', { version, count: size, replace: { version, count: formatCount(size) } }) })
      onClose()
    },
  })
  const preview = file.at === 'sent' ? file.answer : undefined
  const back = () => {
    replace.reset()
    setAsking(false)
  }
  const startAnew = () => {
    back()
    stop()
  }
  const isAtQuestion = isAsking && preview !== undefined
  return (
    <ModalShell
      title={t(isAtQuestion ? 'whitelist.import.ask_title' : preview ? 'whitelist.import.preview' : 'whitelist.import.title')} size="wide" onClose={onClose} isLocked={replace.isBusy}
      footer={(close) => isAtQuestion ? (
        <>
          {replace.outcome === 'known' && <Button onPress={back}>{t('whitelist.import.back')}</Button>}
          {replace.outcome === 'known' && <Button variant={preview.version === null ? 'primary' : 'danger'} isBusy={replace.isBusy} onPress={() => replace.submit({ body: { previewId: preview.id } })} ref={focusOnce}>{t(preview.version === null ? 'whitelist.import.verb_first' : 'whitelist.import.verb')}</Button>}
        </>
      ) : (
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          {preview && preview.refused === 0 && <Button variant="primary" onPress={() => setAsking(true)}>{t('whitelist.import.next')}</Button>}
        </>
      )}
    >
      {isAtQuestion ? (
        <div className="form issue-form">
          <p className="second">{questionOf(preview, t)}</p>
          <OutcomeNotice outcome={replace.outcome} onAskAgain={replace.askAgain} />
          <FormError error={replace.error} />
          {replace.error && <p><Button isSmall onPress={startAnew}>{t('whitelist.import.another')}</Button></p>}
        </div>
      ) : file.at === 'sent' ? <PreviewStep key={file.answer.id} name={file.name} preview={file.answer} onAnother={stop} />
        : <div className="form issue-form"><FileChoice file={file} endings={endings} onFile={send} onStop={stop} /></div>}
    </ModalShell>
  )
}

/** The question takes the place of the preview, and with it the focus. */
const focusOnce = (button: HTMLButtonElement | null): void => {
  if (document.activeElement === document.body || document.activeElement?.getAttribute('role') === 'dialog') button?.focus()
}

function questionOf({ version, size, rows, added, removed, kept }: WhitelistPreview, t: ReturnType<typeof useTranslation>['t']): string {
  const counts = { size: formatCount(size), rows: formatCount(rows), added: formatCount(added), removed: formatCount(removed), kept: formatCount(kept) }
  return version === null ? t('whitelist.import.ask_first', { count: rows, replace: { count: formatCount(rows) } }) : t('whitelist.import.ask', { version, ...counts })
}
