import { Dialog } from '@base-ui/react/dialog'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import { type Departure, LeaveGuard } from './LeaveGuard.tsx'
import { type DialogLevel, useIsOvershadowed } from './overlays.ts'

type Props = {
  title: string
  /** Called once the dialog may go: by Escape, the cross, or the caller's own Cancel through `close`. */
  onClose: () => void
  children: ReactNode
  /** The buttons, Cancel left of the primary. `close` asks first when something was typed. */
  footer?: (close: () => void) => ReactNode
  size?: 'form' | 'question' | 'wide'
  /** `search` stays near the top, so that it does not move while its results come and go. */
  kind?: 'dialog' | 'drawer' | 'search'
  /** Whether closing would lose what was typed. */
  isDirty?: boolean
  /** The element to focus first; else the first field. */
  initialFocus?: RefObject<HTMLElement | null> | undefined
  /** While something runs: nothing closes it. */
  isLocked?: boolean
  /** Whether it comes before other dialogs. */
  level?: DialogLevel
  /** Where the focus returns; needed only where the dialog takes the place of another, e.g. of the one that said it was loading. */
  opener?: Element | null
}

/** Every dialog of the console: focus inside, Escape, return of focus, a question before input is lost; from the bottom on a phone. */
export function ModalShell({ title, onClose, children, footer, size = 'form', kind = 'dialog', isDirty = false, initialFocus, isLocked = false, level = 'page', opener: given }: Props) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(true)
  const [isAsking, setAsking] = useState(false)
  const isOvershadowed = useIsOvershadowed(level)
  const popup = useRef<HTMLDivElement>(null)
  const [opener] = useState(() => given ?? document.activeElement)
  const [departure, setDeparture] = useState<Departure>()
  const mayLeave = useRef(false)
  const close = () => {
    if (isLocked) return
    if (isDirty) setAsking(true)
    else setOpen(false)
  }
  const discard = () => {
    mayLeave.current = true
    if (departure) departure.proceed()
    else setOpen(false)
  }
  const keep = () => {
    setAsking(false)
    departure?.stay()
  }
  const mustAsk = isAsking || departure !== undefined
  return (
    <Dialog.Root
      open={isOpen && !isOvershadowed} disablePointerDismissal
      onOpenChange={(open) => !open && !isOvershadowed && close()}
      onOpenChangeComplete={(open) => !open && !isOpen && onClose()}
    >
      <Dialog.Portal keepMounted>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Viewport className={`dialog-place ${kind === 'drawer' ? 'right' : kind === 'search' ? 'high' : ''}`}>
          <Dialog.Popup
            ref={popup} className={`dialog size-${size} ${kind}`}
            initialFocus={() => initialFocus?.current ?? firstField(popup.current) ?? true}
            finalFocus={() => !isOvershadowed && placeToReturn(opener)}
          >
            <header>
              <Dialog.Title>{title}</Dialog.Title>
              <IconButton icon="close" label={t('common.close')} onPress={close} isOff={isLocked} />
            </header>
            <div className="content" hidden={mustAsk}>{children}</div>
            {footer && <footer hidden={mustAsk}>{footer(close)}</footer>}
            {isDirty && <LeaveGuard allowed={mayLeave} onBlocked={setDeparture} />}
            {mustAsk && <DiscardQuestion onKeep={keep} onDiscard={discard} />}
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function DiscardQuestion({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alertdialog" aria-labelledby="discard-title" aria-describedby="discard-text">
      <div className="content"><p className="strong" id="discard-title">{t('common.discard_title')}</p><p className="second" id="discard-text">{t('common.discard_text')}</p></div>
      <footer>
        <Button onPress={onDiscard}>{t('common.discard')}</Button>
        <Button variant="primary" ref={(button) => button?.focus()} onPress={onKeep}>{t('common.keep_editing')}</Button>
      </footer>
    </div>
  )
}

/** A dialog that was opened by its address has no opener: then the heading. */
const placeToReturn = (opener: Element | null): HTMLElement | true =>
  (opener instanceof HTMLElement && opener !== document.body && opener.isConnected ? opener : document.querySelector<HTMLElement>('h1')) ?? true

const firstField = (popup: HTMLElement | null): HTMLElement | null =>
  popup?.querySelector<HTMLElement>('.content :is(input, select, textarea):not([type=hidden]):not([aria-hidden])') ?? null
