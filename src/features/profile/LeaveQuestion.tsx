import { useEffect } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useBlocker } from 'react-router'
import { Button } from '#src/components/Button.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'

/** Asks before a form on the page is left with changes: for another page, another tab of this one, or by closing the window. Rendered only while there are some. */
export function LeaveQuestion() {
  const { t } = useTranslation()
  const blocker = useBlocker(({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search)
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])
  if (blocker.state !== 'blocked') return null
  return (
    <ModalShell
      title={t('customer_settings.leave_title')} size="question" onClose={() => blocker.reset()}
      footer={(close) => <><Button onPress={() => blocker.proceed()}>{t('customer_settings.leave')}</Button><Button variant="primary" onPress={close}>{t('customer_settings.stay')}</Button></>}
    >
      <p className="second">{t('common.discard_text')}</p>
    </ModalShell>
  )
}
