import { useEffect } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import { paths } from '#src/paths.ts'
import { StateArt } from './StateArt.tsx'

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation()
  useEffect(() => { document.title = `${t('common.state.not_found_title')} · ${t('common.product')}` }, [t])
  return (
    <div className="lone" data-page="not-found">
      <div className="state">
        <StateArt kind="no-match" />
        <h1 tabIndex={-1}>{t('common.state.not_found_title')}</h1>
        <p>{t('common.state.not_found_text')}</p>
        <div className="acts"><Link className="button" to={paths.home()}>{t('common.state.home')}</Link></div>
      </div>
    </div>
  )
}
