import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Statement } from '#contract/incentives.ts'
import { Button } from '#src/components/Button.tsx'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { requestPlace } from './request-of.ts'
import { isFrozen, isRequestable, mainAct, whyNotConfirm } from './rules.ts'

/** The next step of a statement as words, the rest in the menu, with the reason where it is not possible now. */
export function StatementActions({ row, onConfirm }: { row: Statement; onConfirm: (row: Statement) => void }) {
  const { t } = useTranslation()
  const [mayConfirm, mayRequest, maySeeLog] = [useCan('incentive.confirm'), useCan('incentive.request'), useCan('log.view')]
  const act = mainAct(row, { confirm: mayConfirm, request: mayRequest })
  const why = whyNotConfirm(row, mayConfirm)
  const items: MenuItem[] = [
    ...(act === 'details' ? [] : [{ key: 'details', label: t('incentives.details'), to: paths.incentive(row.id) }]),
    ...(act === 'confirm' ? [] : [{ key: 'confirm', label: t('incentives.confirm'), onPress: () => onConfirm(row), disabledReason: why && t(`incentives.why.${why}`) }]),
    ...(mayRequest && act !== 'request' && isRequestable(row) ? [{ key: 'request', label: t('incentives.request'), to: requestPlace([row]) }] : []),
    ...(isFrozen(row) ? [{ key: 'frozen', label: t('incentives.view_freezes'), to: paths.incentives({ tab: 'freezes', statementId: row.id }) }] : []),
    ...(maySeeLog ? [{ key: 'log', label: t('incentives.view_log'), to: paths.operationLog({ objectNumber: row.number }) }] : []),
  ]
  return (
    <>
      {act === 'confirm' && <Button variant="row" onPress={() => onConfirm(row)}>{t('incentives.confirm')}</Button>}
      {act === 'request' && <Link className="row-action" to={requestPlace([row])}>{t('incentives.request')}</Link>}
      {act === 'details' && <Link className="row-action" to={paths.incentive(row.id)}>{t('incentives.details')}</Link>}
      <Menu items={items} label={t('common.more_actions', { row: row.number })}>
        {(trigger) => <IconButton icon="more" label={t('common.more_actions', { row: row.number })} {...trigger} />}
      </Menu>
    </>
  )
}
