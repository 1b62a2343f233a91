import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link, useSearchParams } from 'react-router'
import type { Member } from '#contract/members.ts'
import { IconButton } from '#src/components/IconButton.tsx'
import { Menu, type MenuItem } from '#src/components/Menu.tsx'
import { useCan, useSession } from '#src/session/use-session.ts'
import { nameOf } from './labels.ts'
import type { OnOpen } from './open.ts'
import { actsOf, whyNot } from './why-not.ts'

/** What to do with one member: the details in sight, everything that changes something in the menu. */
export function MemberActions({ member, onOpen }: { member: Member; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const open = new URLSearchParams(search)
  open.set('open', member.id)
  return (
    <>
      <Link className="row-action" to={{ search: String(open) }} preventScrollReset>{t('members.act.details')}<span className="hidden-text"> {nameOf(member)}</span></Link>
      <MemberMenu member={member} onOpen={onOpen} />
    </>
  )
}

/** The menu of one member; nothing for who may only look. */
export function MemberMenu({ member, onOpen }: { member: Member; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const mayManage = useCan('org.member')
  const isAdministrator = useSession().member.roles.includes('administrator')
  if (!mayManage) return null
  const label = t('common.more_actions', { row: nameOf(member) })
  const items = actsOf(member).map((act): MenuItem => {
    const reason = whyNot(act, member, isAdministrator)
    return { key: act, label: t(act === 'reset' && member.state === 'INVITED' ? 'members.act.resend' : `members.act.${act}`), onPress: () => onOpen({ at: act, member }), disabledReason: reason && t(reason), isDanger: act === 'disable' || act === 'delete' }
  })
  return <Menu items={items} label={label}>{(trigger) => <IconButton icon="more" label={label} {...trigger} />}</Menu>
}
