import { useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { getMember, type Member, putMemberRights, queryMembers } from '#contract/members.ts'
import { listRoles } from '#contract/roles.ts'
import { getSession } from '#contract/session.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { Consequences } from './Consequences.tsx'
import { nameOf } from './labels.ts'
import { toRights } from './member-form.ts'
import { isSame, type Rights } from './rights.ts'
import { RightsFields } from './RightsFields.tsx'
import { RolesAreComing } from './RolesAreComing.tsx'
import { useRoles } from './use-roles.ts'
import { customersLeft } from './why-not.ts'

/** Changes what a member may do: the roles, the director, single permissions. In force from the member's next action on. */
export function RightsDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation()
  const [present] = useState<Rights>({ roles: member.roles, customRoleIds: member.customRoles.map(({ id }) => id), extra: member.extraPermissions, removed: member.removedPermissions })
  const [rights, setRights] = useState(present)
  const [directorId, setDirectorId] = useState(member.director?.id ?? '')
  const roles = useRoles()
  const save = useApiMutation(putMemberRights, {
    invalidates: [queryMembers, getMember, listRoles, getSession],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('members.rights.done'), text: t('members.rights.done_text') })
      onClose()
    },
  })
  const isChanged = !isSame(rights, present) || (rights.roles.includes('manager') && directorId !== (member.director?.id ?? ''))
  const left = rights.roles.includes('manager') ? 0 : customersLeft(member)
  const hasRole = rights.roles.length + rights.customRoleIds.length > 0
  const blocked = left > 0 ? t('members.rights.keeps_customers', { count: left, replace: { count: formatCount(left) } }) : !hasRole ? t('members.rights.role_missing') : isChanged ? undefined : t('members.rights.nothing')
  const notices = left > 0 ? <HandOverNotice count={left} /> : roles.data && isChanged && <Consequences roles={roles.data} member={member} present={present} rights={rights} />
  return (
    <ModalShell
      title={t('members.rights.title')} onClose={onClose} isDirty={isChanged && !save.isBusy} isLocked={save.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button>{roles.data && <Button variant="primary" type="submit" form="rights-form" isBusy={save.isBusy} disabledReason={blocked}>{t('members.rights.submit')}</Button>}</>}
    >
      <form
        id="rights-form" className="form" noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (blocked === undefined) save.submit(toRights(member, rights, directorId))
        }}
      >
        <p className="second">{t('members.rights.of', { name: nameOf(member) })}</p>
        {roles.data
          ? <RightsFields roles={roles.data} rights={rights} onChange={setRights} directorId={directorId} onDirector={setDirectorId} mayTake roleLocked={member.isLastAdministrator ? t('members.why.last_administrator') : undefined} error={hasRole ? undefined : t('members.rights.role_missing')} notices={notices} />
          : <RolesAreComing roles={roles} />}
        <FormError error={save.error} />
      </form>
    </ModalShell>
  )
}

function HandOverNotice({ count }: { count: number }) {
  const { t } = useTranslation()
  const mayAssign = useCan('org.assign')
  return (
    <Notice tone="warning" isAlert action={mayAssign && <ButtonLink isSmall to={paths.assignments()}>{t('members.rights.hand_over')}</ButtonLink>}>
      {t('members.rights.keeps_customers', { count, replace: { count: formatCount(count) } })}
    </Notice>
  )
}
