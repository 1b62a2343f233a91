import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getMember, getRoles, type Member, putMemberRights, queryMembers } from '#contract/members.ts'
import { getSession } from '#contract/session.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { ErrorState } from '#src/components/ErrorState.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { nameOf } from './labels.ts'
import { toRights } from './member-form.ts'
import { consequencesOf, isSame, type Rights } from './rights.ts'
import { RightsFields } from './RightsFields.tsx'
import { customersLeft } from './why-not.ts'

/** Changes what a member may do: the role, the director, single permissions. In force from the member's next action on. */
export function RightsDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation()
  const [present] = useState<Rights>({ role: member.role, extra: member.extraPermissions, removed: member.removedPermissions })
  const [rights, setRights] = useState(present)
  const [directorId, setDirectorId] = useState(member.director?.id ?? '')
  const roles = useQuery(query(getRoles, {}))
  const save = useApiMutation(putMemberRights, {
    invalidates: [queryMembers, getMember, getRoles, getSession],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('members.rights.done'), text: t('members.rights.done_text') })
      onClose()
    },
  })
  const isChanged = !isSame(rights, present) || (rights.role === 'manager' && directorId !== (member.director?.id ?? ''))
  const left = rights.role === 'manager' ? 0 : customersLeft(member)
  const blocked = left > 0 ? t('members.rights.keeps_customers', { count: left, replace: { count: formatCount(left) } }) : isChanged ? undefined : t('members.rights.nothing')
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
          ? <RightsFields roles={roles.data} rights={rights} onChange={setRights} directorId={directorId} onDirector={setDirectorId} mayTake roleLocked={member.isLastAdministrator ? t('members.why.last_administrator') : undefined} />
          : roles.error ? <ErrorState error={roles.error} onRetry={() => void roles.refetch()} isInline /> : <Skeleton lines={8} />}
        {left > 0 ? <HandOverNotice count={left} /> : isChanged && <Consequences member={member} present={present} rights={rights} />}
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

function Consequences({ member, present, rights }: { member: Member; present: Rights; rights: Rights }) {
  const { t } = useTranslation()
  const found = consequencesOf(present, rights)
  return (
    <>
      {found.map((one) => <Notice key={one} tone="warning" isAlert>{t(`members.rights.${one}`)}</Notice>)}
      {member.isSelf && <Notice tone="warning" isAlert>{t('members.rights.own')}</Notice>}
    </>
  )
}
