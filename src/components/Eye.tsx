import { useTranslation } from '#src/i18n/use-translation.ts'
import { IconButton } from './IconButton.tsx'
import { type Reveal, revealSeconds } from './use-reveal.ts'

type Props = {
  label: { masked: string; busy: string; shown: (seconds: number) => string }
  reveal: Reveal
  state: 'masked' | 'loading' | 'shown'
  hideAt: number | undefined
  onShow: () => void
  onHide: () => void
}

/** The eye: shows, waits, hides again with a ring that empties. Its 24 px never change. */
export function Eye({ label, reveal, state, hideAt, onShow, onHide }: Props) {
  // The present second began up to a second ago: counted from there, a value would seem to stay for a second longer than it does.
  const seconds = hideAt === undefined ? 0 : Math.min(revealSeconds, Math.max(0, Math.ceil((hideAt - reveal.now) / 1000)))
  if (state === 'loading') return <IconButton icon="wait" className="busy" label={label.busy} isOff />
  if (state === 'masked') return <IconButton icon="eye" label={label.masked} isPressed={false} onPress={onShow} />
  return (
    <IconButton icon="eye-off" className="ringed" isOn label={label.shown(seconds)} isPressed onPress={onHide}>
      <svg className="ring" viewBox="0 0 24 24" aria-hidden="true">
        <circle cx="12" cy="12" r="10.2" />
        <circle cx="12" cy="12" r="10.2" style={{ strokeDashoffset: 64 * (1 - seconds / revealSeconds) }} />
      </svg>
    </IconButton>
  )
}

/** @returns the labels of a cell's eye. @param field its words, e.g. 手机号码. */
export function useEyeLabel(field: string): Props['label'] {
  const { t } = useTranslation()
  return { masked: t('common.eye.show', { field }), busy: t('common.eye.busy', { field }), shown: (seconds) => t('common.eye.hide', { field, seconds }) }
}
