import { useTranslation } from '#src/i18n/use-translation.ts'
import { IconButton } from './IconButton.tsx'
import { Popover } from './Popover.tsx'

/** A question mark that explains on press, so that keyboard and touch reach it. @param what names it, e.g. the field. */
export function HelpTip({ text, what }: { text: string; what?: string }) {
  const { t } = useTranslation()
  const label = what ? `${t('common.help')} ${what}` : t('common.help')
  return (
    <Popover label={label} align="center" trigger={(props) => <IconButton icon="help" label={label} {...props} />}>
      {() => <p className="popover-text" tabIndex={-1}>{text}</p>}
    </Popover>
  )
}
