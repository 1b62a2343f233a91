import type { ReactNode } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Statement } from '#contract/incentives.ts'
import { BigFigure } from '#src/components/BigFigure.tsx'
import { MoneyText } from '#src/components/MoneyText.tsx'
import { Time } from '#src/components/Time.tsx'
import { paths } from '#src/paths.ts'
import { isFrozen } from './rules.ts'
import { Countdown, Provisional } from './Until.tsx'

/** What the statement comes to, what became of it, and until when it waits. */
export function StatementFacts({ statement }: { statement: Statement }) {
  const { t } = useTranslation()
  const { payment, confirmedAt, confirmedBy } = statement
  return (
    <div className="panel incentive-figures statement-facts">
      <section aria-label={t('incentives.field.amount')}>
        <h2>{t('incentives.field.amount')}</h2>
        <BigFigure amount={statement.amount} />
        <p className="caption">{statement.isPartial ? t('incentives.partial') : t('incentives.lines_count', { count: statement.lines })}</p>
      </section>
      <section aria-label={t('incentives.field.until')}>
        <dl>
          <Fact isWide label={t('incentives.field.until')}><Until statement={statement} /></Fact>
          <Fact label={t('incentives.field.confirmed')}><MoneyText amount={statement.confirmedAmount} /></Fact>
          <Fact label={t('incentives.field.confirmed_at')}>{confirmedAt ? <Time at={confirmedAt} /> : <span className="quiet">–</span>}</Fact>
          <Fact label={t('incentives.field.confirmed_by')}>{confirmedAt ? (confirmedBy ?? t('incentives.by_system')) : <span className="quiet">–</span>}</Fact>
        </dl>
      </section>
      <section aria-label={t('incentives.figure.payable')}>
        <dl>
          <Fact label={t('incentives.field.frozen')}><MoneyText amount={statement.frozen} />{isFrozen(statement) && <> <Link to={paths.incentives({ tab: 'freezes', statementId: statement.id })}>{t('incentives.view_freezes')}</Link></>}</Fact>
          <Fact label={t('incentives.field.payable')}><MoneyText amount={payment?.payable ?? null} /></Fact>
          <Fact label={t('incentives.field.in_payment')}><MoneyText amount={payment?.inPayment ?? null} /></Fact>
          <Fact label={t('incentives.field.paid')}><MoneyText amount={payment?.paid ?? null} /></Fact>
        </dl>
      </section>
    </div>
  )
}

const Fact = ({ label, isWide = false, children }: { label: string; isWide?: boolean; children: ReactNode }) => <div className={isWide ? 'wide' : undefined}><dt>{label}</dt><dd>{children}</dd></div>

/** The day while it matters with what is left and what happens then; afterwards the day alone. */
function Until({ statement: { deadline, state } }: { statement: Statement }) {
  const { t } = useTranslation()
  if (!deadline) return <span className="quiet">–</span>
  const day = t('incentives.until_day', { day: deadline.day })
  if (state !== 'PENDING_CONFIRMATION') return <>{day}</>
  return <span className="stack"><span className="cell"><span>{day}</span><Provisional deadline={deadline} /></span><span><Countdown deadline={deadline} isDayShown /> · {t(`incentives.on_deadline_long.${deadline.onDeadline}`)}</span></span>
}
