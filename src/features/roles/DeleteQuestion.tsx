import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import { queryMembers } from '#contract/members.ts'
import { type CustomRole, deleteRole, listRoles } from '#contract/roles.ts'
import { query } from '#src/api/query.ts'
import { useApiMutation } from '#src/api/use-api-mutation.ts'
import { Button } from '#src/components/Button.tsx'
import { ButtonLink } from '#src/components/ButtonLink.tsx'
import { FormError } from '#src/components/FormError.tsx'
import { ModalShell } from '#src/components/ModalShell.tsx'
import { showToast } from '#src/components/toast.ts'
import { paths } from '#src/paths.ts'

type Props = { role: CustomRole; onClose: () => void }

/** Asks before a role is deleted. While members have it, it names them instead. */
export function DeleteQuestion({ role, onClose }: Props) {
  const { t } = useTranslation()
  const [, setSearch] = useSearchParams()
  const act = useApiMutation(deleteRole, {
    invalidates: [listRoles],
    onSuccess: () => {
      showToast({ tone: 'success', title: t('roles.ask.deleted'), isBrief: true })
      setSearch((present) => {
        const next = new URLSearchParams(present)
        next.delete('open')
        return next
      }, { replace: true, preventScrollReset: true })
      onClose()
    },
  })
  if (role.members > 0) return <InUse role={role} onClose={onClose} />
  return (
    <ModalShell
      title={t('roles.ask.delete_title')} size="question" onClose={onClose} isLocked={act.isBusy}
      footer={(close) => <><Button onPress={close}>{t('common.cancel')}</Button><Button variant="danger" isBusy={act.isBusy} onPress={() => act.submit({ params: { id: role.id } })}>{t('roles.ask.delete_verb')}</Button></>}
    >
      <div className="form">
        <p className="second">{t('roles.ask.delete_text', { name: role.name })}</p>
        <FormError error={act.error} />
      </div>
    </ModalShell>
  )
}

const namesMax = 10

function InUse({ role, onClose }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(query(queryMembers, { body: { pageSize: namesMax, filter: { customRoleId: role.id } } }))
  const names = data?.items.map(({ nameMasked, login }) => `${nameMasked} (${login})`).join(t('common.list_separator')) ?? ''
  return (
    <ModalShell
      title={t('roles.ask.in_use_title')} size="question" onClose={onClose}
      footer={(close) => <><Button onPress={close}>{t('common.close')}</Button><ButtonLink variant="primary" to={paths.members({ customRoleId: role.id })}>{t('roles.ask.see_members')}</ButtonLink></>}
    >
      <div className="form">
        <p className="second">{t('roles.ask.in_use_text', { name: role.name, count: role.members })}</p>
        {data && data.total > 0 && <p className="second">{data.total > namesMax ? t('roles.ask.in_use_more', { names, count: data.total }) : t('roles.ask.in_use_names', { names })}</p>}
      </div>
    </ModalShell>
  )
}
