import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Specialist } from '#contract/specialists.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu } from '#src/components/Menu.tsx'
import { useCan } from '#src/session/use-session.ts'
import { actsOf } from './labels.ts'
import type { OnOpen } from './open.ts'

/** What to do with one specialist: look at the qualifications of a bound one; everything that changes something is in the menu. */
export function SpecialistActions({ row, onOpen }: { row: Specialist; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const mayManage = useCan('org.member')
  const [search] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', row.id)
  const label = t('common.more_actions', { row: row.nameMasked })
  const acts = mayManage ? actsOf[row.state] : []
  return (
    <>
      {row.state === 'BOUND' && <Link className="row-action" to={{ search: String(open) }} preventScrollReset>{t('specialists.act.qualifications')}<span className="hidden-text"> {row.nameMasked}</span></Link>}
      {acts.length > 0 && <Menu items={acts.map((act) => ({ key: act, label: t(`specialists.act.${act}`), onPress: () => onOpen({ at: act, row }), isDanger: act !== 'resend' }))} label={label}>{(trigger) => <IconButton icon="more" label={label} {...trigger} />}</Menu>}
    </>
  )
}
