import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import type { Customer } from '#contract/customers.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { Icon } from '#src/components/Icon.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { overPage } from '#src/components/use-modal-route.ts'
import { formatMoney } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { whyNot } from './money-rules.ts'
import { dismissedSteps, dismissSteps, nextSteps, type NextStep } from './next-steps.ts'
import { useMover } from './use-mover.ts'

/** @returns the steps to show, and how to close them for good. */
export function useNextSteps(customer: Customer): { steps: NextStep[] | undefined; dismiss: () => void } {
  const [isDismissed, setDismissed] = useState(() => dismissedSteps().includes(customer.id))
  const dismiss = () => {
    dismissSteps(customer.id)
    setDismissed(true)
  }
  return { steps: isDismissed ? undefined : nextSteps(customer), dismiss }
}

/** What a new resale customer still needs before it can buy, each with its state. */
export function NextSteps({ customer, steps, onDismiss }: { customer: Customer; steps: readonly NextStep[]; onDismiss: () => void }) {
  const { t } = useTranslation()
  const mover = useMover()
  const mayAssign = useCan('org.assign')
  const reason = whyNot(mover, 'allocate', customer)
  const present = steps.find((step) => !step.isDone && step.key !== 'budget')?.key
  const states: Record<NextStep['key'], string> = {
    manager: customer.manager?.nameMasked ?? t('customer_page.next.manager_none'),
    budget: customer.budget ? t('customer_page.next.budget_is', { type: t(`customer_page.budget_types.${customer.budget.type}`), amount: formatMoney(customer.budget.amount) }) : t('customer_page.next.budget_none'),
    unfreeze: t(customer.state === 'NORMAL' ? 'customer_page.next.unfrozen' : 'customer_page.next.frozen'),
    allocate: customer.allocations > 0 ? t('customer_page.next.allocated', { count: customer.allocations }) : t('customer_page.next.allocated_none'),
  }
  return (
    <section className="next panel" aria-labelledby="next-title">
      <header>
        <h2 id="next-title">{t('customer_page.next.title')}</h2>
        <span className="caption">{t('customer_page.next.note')}</span>
        <IconButton icon="close" label={t('customer_page.next.dismiss')} onPress={onDismiss} />
      </header>
      <ol>
        {steps.map(({ key, isDone }) => (
          <li key={key} className={isDone ? 'done' : key === present ? 'now' : undefined}>
            <i aria-hidden="true">{isDone && <Icon name="check" />}</i>
            <span className="stack"><span>{t(`customer_page.next.${key}`)}{isDone && <span className="hidden-text">{t('customer_page.next.done')}</span>}</span><span>{states[key]}</span></span>
            {key === 'manager' && !isDone && mayAssign && <ButtonLink isSmall to={paths.assign({ ids: [customer.id], over: 'customer' })} state={overPage}>{t('customer_page.next.assign')}</ButtonLink>}
            {key === 'allocate' && !isDone && (
              <ButtonLink isSmall to={paths.allocate({ ids: [customer.id], over: 'customer' })} state={overPage} disabledReason={reason && t(reason, { max: 100 })}>{t('customers.allocate')}</ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
