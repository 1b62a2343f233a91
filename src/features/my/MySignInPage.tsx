import { useEffect } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { paths } from '#src/paths.ts'
import { CustomerSignInForm } from '#src/public/CustomerSignInForm.tsx'
import { PublicPage } from '#src/public/PublicPage.tsx'
import './my.css'

/** Where customers sign in; members of partners have a door of their own. */
export function MySignInPage() {
  const { t } = useTranslation()
  useEffect(() => { document.title = `${t('my.sign_in_title')} · ${t('common.product')}` }, [t])
  return (
    <PublicPage name="my-sign-in">
      <div className="my-sign-in">
        <h1 tabIndex={-1}>{t('my.sign_in_title')}</h1>
        <p className="second">{t('my.sign_in_text')}</p>
        <CustomerSignInForm onDone={() => location.assign(paths.myPartner())} />
        <p className="caption">{t('my.partner_account')} <a href={paths.signIn()}>{t('session.sign_in')}</a></p>
      </div>
    </PublicPage>
  )
}
