import { useTranslation } from '#src/i18n/use-translation.ts'
import { unifiedSignInPath } from '#contract/session.ts'

type Props = { /** Of the unified ID. */ name: string; /** What opens afterwards. */ next: string; isPrimary?: boolean; /** Leaves this page as it is. */ isNewTab?: boolean }

/** To the provider's own page: a link, because the browser leaves the console. */
export function UnifiedLink({ name, next, isPrimary = false, isNewTab = false }: Props) {
  const { t } = useTranslation()
  return (
    <a className={`button full${isPrimary ? ' primary' : ''}`} href={`${unifiedSignInPath}?${new URLSearchParams({ next })}`} {...(isNewTab && { target: '_blank', rel: 'noopener' })}>
      {t('unified.button', { name })}
    </a>
  )
}
