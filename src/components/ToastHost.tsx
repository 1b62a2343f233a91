import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { hideToast, toastStore } from './toast.ts'

/** Where notifications appear. Always there, so that a screen reader hears the first one, too. */
export function ToastHost() {
  const { t } = useTranslation()
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.current)
  return (
    <section className="toasts" role="status" aria-live="polite" aria-label={t('common.notifications')}>
      {toasts.map((toast) => <ToastItem key={toast.id} toast={toast} />)}
    </section>
  )
}

function ToastItem({ toast }: { toast: ReturnType<typeof toastStore.current>[number] }) {
  const { t } = useTranslation()
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => hideToast(toast.id), toast.isBrief ? 2000 : toast.link ? 12_000 : 8000)
    return () => clearTimeout(timer)
  }, [isHeld, toast])
  const hold = { onPointerEnter: () => setHeld(true), onPointerLeave: () => setHeld(false), onFocus: () => setHeld(true), onBlur: () => setHeld(false) }
  return (
    <div className={`toast ${toast.tone}`} {...hold}>
      <Icon name={toast.tone} />
      <div className="toast-text">
        <b>{toast.title}</b>
        {toast.text && <span>{toast.text}</span>}
        {toast.link && <Link to={toast.link.to} onClick={() => hideToast(toast.id)}>{toast.link.label}</Link>}
      </div>
      {!toast.isBrief && <IconButton icon="close" label={t('common.dismiss')} onPress={() => hideToast(toast.id)} />}
    </div>
  )
}
