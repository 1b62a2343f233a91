import './business-checks.css'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { BusinessCheck } from '#contract/business.ts'
import { Icon } from './Icon.tsx'

/** What settlement needs, each with whether it is there. @param isMissingOnly leaves out what is done. */
export function BusinessChecks({ checks, isMissingOnly = false }: { checks: readonly BusinessCheck[]; isMissingOnly?: boolean }) {
  const { t } = useTranslation()
  return (
    <ul className="checks" aria-label={t('business.checklist')}>
      {checks.filter(({ isDone }) => !isMissingOnly || !isDone).map(({ step, isDone }) => (
        <li key={step} className={isDone ? 'done' : 'open'}>
          {isDone ? <Icon name="success" /> : <i aria-hidden="true" />}
          <span>{t(`business.step.${step}`)}</span>
          <span className="hidden-text">{t(isDone ? 'business.step_done' : 'business.step_open')}</span>
        </li>
      ))}
    </ul>
  )
}
