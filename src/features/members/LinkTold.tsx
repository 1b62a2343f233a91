import { useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Answer } from '#contract/endpoint.ts'
import type { createMember } from '#contract/members.ts'
import { Button } from '#src/components/Button.tsx'
import { Labelled } from '#src/components/Labelled.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { TextInput } from '#src/components/TextInput.tsx'
import { showToast } from '#src/components/toast.ts'
import { copyText } from '#src/lib/clipboard.ts'
import { formatFull } from '#src/lib/format.ts'

export type Told = Answer<typeof createMember>

/** Where the link to set the password went, or the link itself, this once. */
export function LinkTold({ told: { sentTo, url, expiresAt } }: { told: Pick<Told, 'sentTo' | 'url' | 'expiresAt'> }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const copy = async () => {
    if (url === null) return
    const worked = await copyText(url)
    showToast(worked ? { tone: 'success', title: t('members.told.copied'), isBrief: true } : { tone: 'warning', title: t('common.copy_failed') })
    if (!worked) field.current?.select()
  }
  const until = formatFull(expiresAt)
  return (
    <div className="form">
      {sentTo !== null && <Notice tone="success" isAlert><span>{t('members.told.sent', { address: sentTo })}</span><span>{t('members.told.sent_rule', { until })}</span></Notice>}
      {url !== null && (
        <>
          <Notice tone="warning" isAlert><span>{t('members.told.shown_once')}</span></Notice>
          <Labelled label={t('members.told.link')} hint={t('members.told.link_rule', { until })}>
            {(wiring) => (
              <span className="copy-row">
                <TextInput {...wiring} ref={field} value={url} onChange={() => undefined} readOnly onFocus={(event) => event.target.select()} className="code" />
                <Button icon="copy" onPress={() => void copy()}>{t('members.told.copy')}</Button>
              </span>
            )}
          </Labelled>
        </>
      )}
    </div>
  )
}
