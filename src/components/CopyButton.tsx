import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { copyText } from '#src/lib/clipboard.ts'
import { IconButton } from './IconButton.tsx'
import { showToast } from './toast.ts'

/** Copies a text. @param what names it for the button, e.g. the column. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation()
  const [isDone, setDone] = useState(false)
  const copy = async () => {
    const worked = await copyText(text)
    setDone(worked)
    if (worked) setTimeout(() => setDone(false), 1500)
    showToast(worked ? { tone: 'success', title: t('common.copied'), isBrief: true } : { tone: 'warning', title: t('common.copy_failed') })
  }
  return <IconButton icon={isDone ? 'check' : 'copy'} label={t('common.copy_what', { what })} onPress={() => void copy()} />
}
