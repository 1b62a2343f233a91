import { useTranslation } from '#src/i18n/use-translation.ts'

/** How far it is: bars for the eye, words for everybody. @param place from 0. @param name of the step. */
export function Progress({ place, total, name }: { place: number; total: number; name: string }) {
  const { t } = useTranslation()
  return (
    <p className="change-progress">
      <span className="change-bars" aria-hidden="true">{Array.from({ length: total }, (_, index) => <i key={index} className={index <= place ? 'on' : ''} />)}</span>
      <span role="status">{t('profile.change.progress', { n: place + 1, total, step: name })}</span>
    </p>
  )
}
