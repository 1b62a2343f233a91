import './roles.css'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import * as z from 'zod/mini'
import { listRoles } from '#contract/roles.ts'
import { query } from '#src/api/query.ts'
import { Button } from '#src/components/Button.tsx'
import { DataTable } from '#src/components/DataTable.tsx'
import { EmptyState } from '#src/components/EmptyState.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { useListState } from '#src/components/use-list-state.ts'
import { zoneName } from '#src/lib/format.ts'
import { useCan } from '#src/session/use-session.ts'
import type { Open } from './open.ts'
import { RoleActions } from './RoleActions.tsx'
import { RoleDrawer } from './RoleDrawer.tsx'
import { rowsOf } from './role-rows.ts'
import { useRoleColumns } from './use-role-columns.tsx'

const RoleDialogs = lazy(async () => ({ default: (await import('./RoleDialogs.tsx')).RoleDialogs }))
const NoFilter = z.strictObject({})

/** What members may do, by roles: the built-in ones to read, and the partner's own. */
export function RolesPage() {
  const { t } = useTranslation()
  const mayView = useCan('org.view')
  if (mayView) return <Roles />
  return <Page name="roles"><PageHead title={t('roles.title')} /><EmptyState kind="no-right" title={t('roles.no_right_title')} text={t('roles.no_right_text')} /></Page>
}

function Roles() {
  const { t } = useTranslation()
  const mayManage = useCan('org.role')
  const [open, setOpen] = useState<Open>()
  // All of them fit on one page, as there are few; whoever wants shorter pages gets them.
  const list = useListState({ filter: NoFilter, pageSize: 20 })
  const { data, ...result } = useQuery(query(listRoles, {}))
  const rows = data ? rowsOf(data, t) : []
  const columns = useRoleColumns()
  const isFull = data !== undefined && data.custom.length >= data.customMax
  const full = isFull ? t('roles.full', { max: data.customMax }) : undefined
  const changedAt = data?.custom[0]?.changedAt
  const shown = { count: data?.custom.length ?? 0, max: data?.customMax ?? 0 }
  return (
    <Page name="roles">
      <PageHead
        title={t('roles.title')} count={data && t('roles.count', { count: rows.length })}
        actions={mayManage && data && <Button variant="primary" disabledReason={full} onPress={() => setOpen({ at: 'create' })}>{t('roles.create')}</Button>}
      />
      <DataTable
        name="roles" label={t('roles.list')} columns={columns} rowKey={(row) => row.id} rowLabel={(row) => row.name} list={list}
        result={{ ...result, isPlaceholderData: false, data: data && { items: rows.slice((list.page - 1) * list.pageSize, list.page * list.pageSize), total: rows.length } }}
        actions={(row) => <RoleActions row={row} full={full} onOpen={setOpen} />} actionsWidth={120}
        empty={{ title: t('roles.empty_title'), text: t('roles.empty_text') }}
        foot={data && (changedAt === undefined ? t('roles.foot_plain', shown) : t('roles.foot', { ...shown, zone: zoneName(changedAt) }))}
      />
      {!open && <RoleDrawer rows={data && rows} full={full} onOpen={setOpen} />}
      <Suspense>{open && data && <RoleDialogs key={open.at} open={open} roles={data} onClose={() => setOpen(undefined)} />}</Suspense>
    </Page>
  )
}
