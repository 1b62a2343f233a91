import { useTranslation } from '#src/i18n/use-translation.ts'
import { Link } from 'react-router'
import type { Answer } from '#contract/endpoint.ts'
import { getMember } from '#contract/members.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { MaskedText } from '#src/components/MaskedText.tsx'
import { RowDrawer } from '#src/components/RowDrawer.tsx'
import { Time } from '#src/components/Time.tsx'
import { deviceName } from '#src/lib/device.ts'
import { formatDay, formatTime } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan, useSession } from '#src/session/use-session.ts'
import { CustomerCount } from './CustomerCount.tsx'
import { MemberMenu } from './MemberActions.tsx'
import { roleNames } from './labels.ts'
import { MemberStateTag } from './MemberStateTag.tsx'
import type { OnOpen } from './open.ts'
import { PermissionWords } from './PermissionWords.tsx'

type Details = Answer<typeof getMember>

/** Everything about the member that the address names by `open`. */
export function MemberDrawer({ onOpen }: { onOpen: OnOpen }) {
  const { t } = useTranslation()
  return <RowDrawer title={() => t('members.drawer.title')} ask={(id) => query(getMember, { params: { id } })}>{(member) => <Content member={member} onOpen={onOpen} />}</RowDrawer>
}

function Content({ member, onOpen }: { member: Details; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const maySeeLog = useCan('log.view.all')
  return (
    <div className="member">
      <div className="member-top">
        <MemberStateTag member={member} />
        <span className="member-acts">{maySeeLog && <Link className="text-link" to={paths.operationLog({ operatorId: member.id })}>{t('members.drawer.log')}</Link>}<MemberMenu member={member} onOpen={onOpen} /></span>
      </div>
      <MemberFacts member={member} />
      <section>
        <h3>{t('members.drawer.rights')}</h3>
        <PermissionWords member={member} />
      </section>
      <section>
        <h3>{t('members.drawer.authenticators')}</h3>
        <Authenticators member={member} onOpen={onOpen} />
      </section>
      <section>
        <h3>{t('members.drawer.sign_ins')}</h3>
        <SignIns sessions={member.sessions} />
      </section>
    </div>
  )
}

function MemberFacts({ member }: { member: Details }) {
  const { t } = useTranslation()
  const personal = ([['name', member.nameMasked], ['mobile', member.mobileMasked], ['email', member.emailMasked]] as const)
    .map(([field, masked]) => ({ key: field, label: t(`members.field.${field}`), value: masked === null ? <span className="quiet">–</span> : <MaskedText id={member.id} field={field} masked={masked} label={t(`members.field.${field}`)} /> }))
  return (
    <Facts facts={[
      ...personal,
      { key: 'login', label: t('members.field.login'), value: member.login === '' ? t('members.master') : member.login },
      { key: 'department', label: t('members.field.department'), value: member.department || <span className="quiet">–</span> },
      { key: 'role', label: t('members.field.role'), value: <RolesSince member={member} /> },
      ...(member.roles.includes('manager') ? [
        { key: 'director', label: t('members.field.director'), value: member.director?.nameMasked ?? t('members.no_director') },
        { key: 'customers', label: t('members.field.customers'), value: <CustomerCount member={member} isSentence /> },
      ] : []),
      { key: 'language', label: t('members.field.language'), value: t(`members.language.${member.language}`) },
      { key: 'last', label: t('members.field.last_sign_in'), value: member.lastSignInAt === null ? t('members.never') : <Time at={member.lastSignInAt} /> },
      { key: 'created', label: t('members.field.created_at'), value: <Time at={member.createdAt} /> },
    ]}
    />
  )
}

/** Each role on its line, with the day since which the member has it. */
function RolesSince({ member }: { member: Details }) {
  const { t } = useTranslation()
  return (
    <ul className="member-roles">
      {member.rolesSince.map(({ role, customRole, at }) => {
        const [name = ''] = roleNames({ roles: role === null ? [] : [role], customRoles: customRole === null ? [] : [customRole] }, t)
        return <li key={customRole?.id ?? name}>{name} <span className="quiet">{t('members.drawer.since', { day: formatDay(at) })}</span></li>
      })}
    </ul>
  )
}

/** How many authenticators the member has, and the way to remove them when the device is lost. */
function Authenticators({ member, onOpen }: { member: Details; onOpen: OnOpen }) {
  const { t } = useTranslation()
  const mayManage = useCan('org.member')
  const isAdministrator = useSession().member.roles.includes('administrator')
  const { authenticators, isSelf, isUnified } = member
  const mayRemove = mayManage && !isSelf && member.login !== '' && (isAdministrator || !member.roles.includes('administrator'))
  return (
    <>
      {authenticators === 0 ? <p className="caption">{t('members.drawer.no_authenticators')}</p> : (
        <div className="member-authenticators">
          <span>{t('members.drawer.authenticators_count', { count: authenticators })}</span>
          {mayRemove && <Button isSmall onPress={() => onOpen({ at: 'authenticators', member, count: authenticators })}>{t('members.act.authenticators')}</Button>}
        </div>
      )}
      {mayRemove && authenticators > 0 && <p className="caption">{t('members.drawer.authenticators_note')}</p>}
      {isUnified && <p className="caption">{t('members.drawer.unified')}</p>}
    </>
  )
}

function SignIns({ sessions }: Pick<Details, 'sessions'>) {
  const { t } = useTranslation()
  if (sessions.length === 0) return <p className="caption">{t('members.drawer.no_sign_ins')}</p>
  return (
    <ul className="member-sign-ins">
      {sessions.map(({ id, startedAt, seenAt, address, agent }) => (
        <li key={id}>
          <p>{deviceName(agent) || t('members.drawer.unknown_device')}</p>
          <p className="member-sign-in"><span>{t('members.drawer.address', { address })}</span><span>{t('members.drawer.started', { time: formatTime(startedAt) })}</span><span>{t('members.drawer.seen', { time: formatTime(seenAt) })}</span></p>
        </li>
      ))}
    </ul>
  )
}
