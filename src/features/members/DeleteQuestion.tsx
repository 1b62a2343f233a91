import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { deleteMember, getMember, type Member, queryMembers } from '#contract/members.ts'
import { listRoles } from '#contract/roles.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { Facts } from '#src/components/Facts.tsx'
import { Notice } from '#src/components/Notice.tsx'
import { Skeleton } from '#src/components/Skeleton.tsx'
import { showToast } from '#src/components/toast.ts'
import { formatCount } from '#src/lib/format.ts'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { HandOverFirst } from './HandOverFirst.tsx'
import { nameOf } from './labels.ts'
import { Question } from '#src/components/Question.tsx'
import { useOpenWork } from './use-open-work.ts'
import { customersLeft } from './why-not.ts'

type Props = { member: Member; onClose: () => void }

/** Ends a member for good, after it has shown what is still open. Whoever has customers hands them over first. */
export function DeleteQuestion({ member, onClose }: Props) {
  const { t } = useTranslation()
  const [, setSearch] = useSearchParams()
  const act = useApiMutation(deleteMember, {
    invalidates: [queryMembers, listRoles],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('members.ask.deleted'), isBrief: true })
      // Details of somebody who is gone would only be an error.
      setSearch((present) => {
        const next = new URLSearchParams(present)
        next.delete('open')
        return next
      }, { replace: true, preventScrollReset: true })
      onClose()
    },
  })
  if (customersLeft(member) > 0) return <HandOverFirst member={member} act="delete" onClose={onClose} />
  return (
    <Question title={t('members.ask.delete_title')} verb={t('members.ask.delete_verb')} isDanger act={act} onConfirm={() => act.submit({ params: { id: member.id } })} onClose={onClose} more={<StillOpen member={member} />}>
      {t('members.ask.delete_text', { name: nameOf(member) })}
    </Question>
  )
}

/** What ends with the member, and what would be left without anybody. */
function StillOpen({ member }: { member: Member }) {
  const { t } = useTranslation()
  const mayAssign = useCan('org.assign')
  const work = useOpenWork(member)
  const { data, isPending } = useQuery(query(getMember, { params: { id: member.id } }))
  if (!work || isPending) return <Skeleton lines={3} />
  const isManager = member.roles.includes('manager')
  return (
    <>
      <Facts facts={[
        ...(isManager ? [{ key: 'customers', label: t('members.field.customers'), value: formatCount(member.customers) }] : []),
        { key: 'prospects', label: t('members.ask.open_prospects'), value: formatCount(work.prospects) },
        { key: 'invitations', label: t('members.ask.open_invitations'), value: formatCount(work.invitations) },
        { key: 'signIns', label: t('members.drawer.sign_ins'), value: formatCount(data?.sessions.length ?? member.signIns) },
        ...(data ? [{ key: 'authenticators', label: t('members.drawer.authenticators'), value: formatCount(data.authenticators) }] : []),
      ]}
      />
      {isManager && work.prospects + work.invitations > 0 && (
        <Notice tone="warning" action={mayAssign && <ButtonLink isSmall to={paths.assignments()}>{t('members.ask.hand_over_work')}</ButtonLink>}>{t('members.ask.open_work')}</Notice>
      )}
    </>
  )
}
