import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Button } from '#src/components/Button.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { paths } from '#src/paths.ts'
import { remedyOf } from './causes.ts'
import type { Acceptance, End } from './use-acceptance.ts'

type Accepted = Extract<End, { at: 'accepted' }>

/** What came of it, and what to do next. */
export function EndStep({ flow, end }: { flow: Acceptance; end: End }) {
  if (end.at === 'cancelled') return <Cancelled flow={flow} end={end} />
  return end.outcome.result === 'associated' ? <Associated opened={end.opened} outcome={end.outcome} /> : <NotAssociated flow={flow} opened={end.opened} outcome={end.outcome} />
}

function Heading({ icon, children }: { icon: 'success' | 'warning' | 'info'; children: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return <div className={`end-head ${icon}`}><Icon name={icon} /><h1 ref={heading} tabIndex={-1}>{children}</h1></div>
}

function Associated({ opened, outcome }: { opened: string | undefined; outcome: Extract<Accepted['outcome'], { result: 'associated' }> }) {
  const { t } = useTranslation()
  return (
    <div className="public-form" data-step="associated">
      <Heading icon="success">{t('invite_page.result.done', { partner: outcome.partnerName })}</Heading>
      <p className="second" role="status">{t('invite_page.result.done_text')}</p>
      {opened !== undefined && <p>{t('invite_page.result.account', { account: opened })}</p>}
      {outcome.isFrozen && <Notice tone="warning">{t('invite_page.result.frozen')}</Notice>}
      {outcome.associationType === 'RESALE' && opened === undefined && <p className="caption">{t('invite_page.result.coupons')}</p>}
      <div className="public-acts"><a className="button primary" href={paths.myPartner()}>{t('invite_page.result.my_partner')}</a></div>
    </div>
  )
}

function NotAssociated({ flow, opened, outcome }: { flow: Acceptance; opened: string | undefined; outcome: Extract<Accepted['outcome'], { result: 'failed' }> }) {
  const { t } = useTranslation()
  const { advice, retry } = remedyOf[outcome.cause]
  const { isBusy, error } = flow.attempt
  return (
    <div className="public-form" data-step="failed" data-cause={outcome.cause}>
      <Heading icon="warning">{t('invite_page.result.failed')}</Heading>
      <div role="status">
        <p className="strong">{t(`invite_page.cause.${outcome.cause}`)}</p>
        <p className="second">{t(`invite_page.advice.${advice}`)}</p>
      </div>
      {opened !== undefined && <p className="second">{t('invite_page.result.account_kept', { account: opened })}</p>}
      <FormError error={error} />
      {retry && (
        <div className="public-acts">
          {retry === 'other-account'
            ? <Button isBusy={isBusy} onPress={() => void flow.otherAccount()}>{t('invite_page.result.other_account')}</Button>
            : <Button variant="primary" isBusy={isBusy} onPress={() => void flow.retry()}>{retry === 'after' ? t('invite_page.result.again_after') : t('invite_page.result.again')}</Button>}
        </div>
      )}
    </div>
  )
}

function Cancelled({ flow, end }: { flow: Acceptance; end: Extract<End, { at: 'cancelled' }> }) {
  const { t } = useTranslation()
  return (
    <div className="public-form" data-step="cancelled">
      <Heading icon="info">{t('invite_page.result.cancelled')}</Heading>
      <p className="second" role="status">{end.way === 'register' ? t('invite_page.result.cancelled_register') : t('invite_page.result.cancelled_associate')}</p>
      <div className="public-acts"><Button onPress={flow.resume}>{t('invite_page.result.cancelled_back')}</Button></div>
    </div>
  )
}
