import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import type { CustomerRow } from '#contract/customers.ts'
import type { Amount } from '#contract/money.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { NumberText } from '#src/components/NumberText.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { StatusTag } from '#src/components/StatusTag.tsx'
import { Time } from '#src/components/Time.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { lastList } from './customer-query.ts'
import { stateTone } from './labels.ts'
import { whyNot } from './money-rules.ts'
import { NameEye, useClearName } from './NameEye.tsx'
import { useMover } from './use-mover.ts'

/** Who the customer is and what can be done with its money. @param reclaimable once it is known. */
export function CustomerHead({ customer, reclaimable }: { customer: CustomerRow | undefined; reclaimable: Amount | undefined }) {
  const { t } = useTranslation()
  const clearName = useClearName(customer?.id ?? '')
  if (!customer) return null
  const { tone, isPlain } = stateTone[customer.state]
  return (
    <PageHead
      title={customer.nameMasked} heading={clearName} crumb={{ to: paths.customers(lastList()), label: t('customers.title') }}
      beside={<>
        <NameEye id={customer.id} label={t('customers.field.customer_name')} />
        <StatusTag tone={tone} isPlain={isPlain}>
          {t(`customers.state.${customer.state}`)}{customer.freezeCause && ` · ${t(`customers.cause.${customer.freezeCause}`)}`}
        </StatusTag>
        {customer.tag !== '' && <StatusTag isLabel>{customer.tag}</StatusTag>}
      </>}
      meta={<>
        <span className="cell">{t('customer_page.id')}&nbsp;<NumberText number={customer.number} what={t('customer_page.copy_number')} /></span>
        <span>{t(`customers.type.${customer.associationType}`)}</span>
        <span><AssociatedOn at={customer.associatedAt} /></span>
        <span className="cell">
          {t('customer_page.manager_is')}
          {customer.manager ? <MaskedText id={customer.id} field="manager" masked={customer.manager.nameMasked} label={t('customers.field.manager')} /> : t('customers.unassigned')}
          <ManagerLink customer={customer} />
        </span>
      </>}
      actions={<HeadActions customer={customer} reclaimable={reclaimable} />}
    />
  )
}

/** Gives the customer to an account manager, or to another one. */
function ManagerLink({ customer }: { customer: CustomerRow }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const mayAssign = useCan('org.assign')
  if (!mayAssign) return null
  return <ButtonLink variant="row" to={paths.assign({ ids: [customer.id], over: 'customer', keep: search.toString() })} state={overPage}>{t(customer.manager ? 'customers.change_manager' : 'customers.assign')}</ButtonLink>
}

function AssociatedOn({ at }: { at: string }) {
  const { t } = useTranslation()
  const [before = '', after = ''] = t('customer_page.associated_on', { day: '\n' }).split('\n')
  return <>{before}<Time at={at} look="day" />{after}</>
}

function HeadActions({ customer, reclaimable }: { customer: CustomerRow; reclaimable: Amount | undefined }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const mover = useMover()
  const form = { ids: [customer.id], over: 'customer' as const, keep: search.toString() }
  const noReclaim = whyNot(mover, 'reclaim', customer) ?? (reclaimable === '0.00' ? 'customers.reason.nothing_reclaimable' : undefined)
  const noAllocate = whyNot(mover, 'allocate', customer)
  return (
    <>
      <ButtonLink to={paths.reclaim(form)} state={overPage} disabledReason={noReclaim && t(noReclaim, { max: 100 })}>{t('customers.reclaim')}</ButtonLink>
      <ButtonLink variant="primary" to={paths.allocate(form)} state={overPage} disabledReason={noAllocate && t(noAllocate, { max: 100 })}>{t('customers.allocate')}</ButtonLink>
    </>
  )
}
