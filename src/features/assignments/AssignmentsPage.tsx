import './assignments.css'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#src/i18n/use-translation.ts'
import { useSearchParams } from 'react-router'
import type { ManagerRow } from '#contract/assignments.ts'
import { Button } from '#src/components/Button.tsx'
import { Page } from '#src/components/Page.tsx'
import { PageHead } from '#src/components/PageHead.tsx'
import { RevealProvider } from '#src/components/RevealProvider.tsx'
import { Tabs } from '#src/components/Tabs.tsx'
import { paths } from '#src/paths.ts'
import { useCan } from '#src/session/use-session.ts'
import { HandoversTab } from './HandoversTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { ManagersTab } from './ManagersTab.tsx'
import { NoAssignments } from './NoAssignments.tsx'

const AssignDialog = lazy(async () => ({ default: (await import('./AssignDialog.tsx')).AssignDialog }))
const HandoverDialog = lazy(async () => ({ default: (await import('./HandoverDialog.tsx')).HandoverDialog }))

const tabs = ['managers', 'history', 'handovers'] as const

/** The one dialog that is open on the page, and for which manager. */
export type OpenDialog = { at: 'assign' | 'handover'; manager?: ManagerRow['manager'] }

/** Whose customers are whose, were whose, and will be whose. */
export const AssignmentsPage = () => (useCan('org.view') ? <Assignments /> : <NoAssignments />)

function Assignments() {
  const { t } = useTranslation()
  const [search] = useSearchParams()
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'managers'
  const mayAssign = useCan('org.assign')
  const [open, setOpen] = useState<OpenDialog>()
  const close = () => setOpen(undefined)
  return (
    <RevealProvider page="/organization/assignments" viewKey={search.toString()}>
      <Page name="assignments">
        <PageHead
          title={t('assignments.title')}
          actions={mayAssign && (
            <>
              {tab === 'managers' && <Button variant="primary" onPress={() => setOpen({ at: 'assign' })}>{t('assignments.assign')}</Button>}
              {tab === 'handovers' && <Button variant="primary" onPress={() => setOpen({ at: 'handover' })}>{t('assignments.hand_over')}</Button>}
            </>
          )}
        />
        <Tabs label={t('assignments.tabs')} tabs={tabs.map((key) => ({ key, to: paths.assignments({ tab: key === 'managers' ? undefined : key }), label: t(`assignments.tab.${key}`), isCurrent: key === tab }))} />
        {tab === 'managers' && <ManagersTab onOpen={setOpen} />}
        {tab === 'history' && <HistoryTab />}
        {tab === 'handovers' && <HandoversTab />}
        <Suspense>
          {open?.at === 'assign' && <AssignDialog manager={open.manager} onClose={close} />}
          {open?.at === 'handover' && <HandoverDialog from={open.manager} onClose={close} />}
        </Suspense>
      </Page>
    </RevealProvider>
  )
}
