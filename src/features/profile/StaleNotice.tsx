import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { Notice } from '#src/components/Notice.tsx'

/** Somebody else has just saved: what they saved, and that nothing of one's own is lost. It takes the focus, as other refusals do. */
export function StaleNotice({ children, onTheirs, onMine }: { children: ReactNode; onTheirs: () => void; onMine: () => void }) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} role="alert" tabIndex={-1} className="stale">
      <Notice tone="warning">
        <span className="strong">{t('customer_settings.stale_title')}</span>
        {children}
        <span className="stale-acts"><Button isSmall onPress={onTheirs}>{t('customer_settings.stale_theirs')}</Button><Button isSmall onPress={onMine}>{t('customer_settings.stale_mine')}</Button></span>
      </Notice>
    </div>
  )
}
