import { useTranslation } from '#src/i18n/use-translation.ts'
import { Icon } from '#src/components/Icon.tsx'
import { Menu } from '#src/components/Menu.tsx'
import { showToast } from '#src/components/toast.ts'
import { tellError } from '#src/components/form-error.ts'
import { paths } from '#src/paths.ts'
import { signOutEverywhere } from '#src/session/sign-out.ts'
import { useCan, useSession } from '#src/session/use-session.ts'

/** Who is signed in, and what belongs to them. */
export function UserMenu() {
  const { t } = useTranslation()
  const { member, partner } = useSession()
  const canLog = useCan('log.view')
  const canBusiness = useCan('profile.business')
  const roles = [...member.roles.map((role) => t(`shell.role.${role}`)), ...member.customRoles]
  const who = `${partner.name}${roles[0] ? ` · ${roles[0]}` : ''}`
  const signOut = () => void signOutEverywhere().catch((error: unknown) => showToast({ tone: 'danger', title: t('session.sign_out_failed'), text: tellError(error).text }))
  return (
    <Menu
      label={t('shell.user_menu', { name: member.nameMasked })}
      items={[
        { kind: 'caption', key: 'who', label: <span className="stack"><span>{[member.nameMasked, ...roles].join(' · ')}</span><span>{partner.name}</span></span> },
        { kind: 'line', key: '1' },
        { key: 'profile', label: t('shell.profile'), to: paths.profile() },
        ...(canBusiness ? [{ key: 'business', label: t('shell.business'), to: paths.business() }] : []),
        ...(canLog ? [{ key: 'log', label: t('shell.operation_log'), to: paths.operationLog() }] : []),
        { key: 'exports', label: t('shell.exports'), to: paths.exports() },
        { kind: 'line', key: '2' },
        { key: 'out', label: t('session.sign_out'), onPress: signOut },
      ]}
    >
      {({ onPress, ...trigger }) => (
        <button type="button" className="user" onClick={onPress} {...trigger}>
          <span className="avatar">{member.initial}</span>
          <span className="user-name">{who}</span>
          <span className="hidden-text">{t('shell.user_menu', { name: member.nameMasked })}</span>
          <Icon name="down" />
        </button>
      )}
    </Menu>
  )
}
