import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { queryManagers } from '#contract/assignments.ts'
import type { Member } from '#contract/members.ts'
import { query } from '#src/api/query.ts'
import { Notice } from '#src/components/Notice.tsx'
import { consequencesOf, type Rights, type Roles } from './rights.ts'

/** What follows from a change and is easily overlooked. @param member whose rights change, with the present ones; none for a new member. */
export function Consequences({ roles, member, present, rights }: { roles: Roles; member?: Member; present?: Rights; rights: Rights }) {
  const { t } = useTranslation()
  return (
    <>
      {consequencesOf(roles, present, rights).map((one) => one === 'loses_managers' && member
        ? <LostManagers key={one} directorId={member.id} />
        : one !== 'loses_managers' && <Notice key={one} tone="warning" isAlert>{t(`members.rights.${one}`)}</Notice>)}
      {member?.isSelf && <Notice tone="warning" isAlert>{t('members.rights.own')}</Notice>}
    </>
  )
}

const namesMax = 10

/** Names the account managers who will have no director. */
function LostManagers({ directorId }: { directorId: string }) {
  const { t } = useTranslation()
  const { data, isPending } = useQuery(query(queryManagers, { body: { pageSize: namesMax, filter: { directorId } } }))
  if (isPending || data?.total === 0) return null
  const names = data?.items.map(({ manager, login }) => `${manager.nameMasked} (${login})`).join(t('common.list_separator')) ?? ''
  return (
    <Notice tone="warning" isAlert>
      <span>{t('members.rights.loses_managers')}</span>
      {data && <span>{data.total > namesMax ? t('members.rights.loses_more', { names, count: data.total }) : t('members.rights.loses_names', { names })}</span>}
    </Notice>
  )
}
