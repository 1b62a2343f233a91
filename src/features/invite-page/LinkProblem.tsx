import type { TFunction } from 'i18next'
import { useEffect, useRef } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { InviteView } from '#contract/acceptance.ts'
import { StateArt } from '#src/components/StateArt.tsx'
import { formatFull } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'

type Closed = Exclude<InviteView, { state: 'open' }>

/** Why a link cannot be accepted, and what to do. Somebody who has accepted it finds the way to the partner. */
export function LinkProblem({ view }: { view: InviteView }) {
  const { t } = useTranslation()
  const closed: Closed = view.state === 'open' ? { state: 'invalid' } : view
  const heading = useRef<HTMLHeadingElement>(null)
  // A link may end in the middle of a step, whose field is gone with it.
  useEffect(() => heading.current?.focus(), [])
  return (
    <div className="state invite-problem" data-problem={closed.state}>
      <StateArt kind={closed.state === 'partner_blocked' ? 'no-right' : 'no-match'} />
      <h1 ref={heading} tabIndex={-1}>{t(`invite_page.problem.${closed.state}`)}</h1>
      <p role="status">{tellWhy(t, closed)}</p>
      {closed.state === 'invalid' && <p className="caption">{t('invite_page.problem.done_before')} <a href={paths.myPartner()}>{t('invite_page.problem.my_partner')}</a></p>}
    </div>
  )
}

function tellWhy(t: TFunction, view: Closed): string {
  switch (view.state) {
    case 'invalid': return t('invite_page.problem.invalid_text')
    case 'expired': return t('invite_page.problem.expired_text', { date: formatFull(view.at) })
    case 'not_started': return t('invite_page.problem.not_started_text', { from: formatFull(view.from), to: formatFull(view.to) })
    case 'ended': return t('invite_page.problem.ended_text', { from: formatFull(view.from), to: formatFull(view.to) })
    case 'partner_blocked': return t('invite_page.problem.partner_blocked_text')
  }
}
