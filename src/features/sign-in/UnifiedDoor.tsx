import { useTranslation } from '#src/i18n/use-translation.ts'
import { Notice } from '#src/components/Notice.tsx'
import { addUnifiedTexts } from '#src/i18n/unified-texts.ts'
import { paths } from '#src/paths.ts'
import { UnifiedLink } from '#src/session/UnifiedLink.tsx'

addUnifiedTexts()

const troubles = ['unlinked', 'cancelled', 'expired', 'disabled', 'unreachable', 'refused', 'limit'] as const

type Props = { /** Of the unified ID; without one it is not offered. */ name: string | undefined; /** As the server said it in the address. */ came: string | null; next: string }

/** Above the password: why the way to the unified ID led back here, and that way. */
export function UnifiedDoor({ name, came, next }: Props) {
  const { t } = useTranslation()
  const trouble = troubles.find((one) => one === came)
  return (
    <div className="sign-unified">
      {trouble && <Notice tone={trouble === 'cancelled' ? 'info' : 'warning'} isAlert>{t(`unified.${trouble}`)}</Notice>}
      {name !== undefined && <><UnifiedLink name={name} next={next} isPrimary /><h2>{t('unified.not_upgraded')}</h2></>}
    </div>
  )
}

/** In the tab that was opened to sign in again. */
export function UnifiedBack() {
  const { t } = useTranslation()
  return (
    <div role="status">
      <p>{t('unified.back')}</p>
      <p className="sign-aside"><a href={paths.home()}>{t('unified.to_console')}</a></p>
    </div>
  )
}
