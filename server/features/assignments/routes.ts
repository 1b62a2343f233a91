import { assignCustomers, cancelHandover, changeHandover, getAssignmentChoices, planHandover, previewAssignment, previewHandover, queryAssigned, queryAssignments, queryHandovers, queryManagers, reclaimCustomers } from '#contract/assignments.ts'
import { fromMinor } from '#contract/money.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskCompany, maskName } from '#server/masking/mask.ts'
import { kindsOf, resolveLookUp } from '#server/operations/look-up.ts'
import { assignOperation, previewRead, reclaimOperation } from './assign.ts'
import { cancelOperation, changeOperation, planOperation, previewHandoverRead } from './handovers.ts'
import { listHandovers, presentHandover } from './handover-store.ts'
import { listManagers, readManagerRow } from './managers.ts'
import { presentPerson, readChoices } from './people.ts'
import { listAssigned, listAssignments, type AssignedRecord, type AssignmentRecord } from './store.ts'

/** Whose customer is whose: figures by manager, giving, taking, histories, and handovers. */
export const mountAssignments: MountFeature = (mount, _app, deps) => {
  mount.read(queryManagers, { permission: 'org.view', run: ({ body }, { tx, now, actor }) => listManagers(tx, now, actor, body) })

  mount.read(getAssignmentChoices, {
    permission: 'org.view',
    async run(_input, { tx, actor }) {
      const { managers, directors } = await readChoices(tx, actor)
      return { managers: managers.map(presentPerson), directors: directors.map(presentPerson) }
    },
  })

  mount.read(queryAssigned, {
    permission: 'org.view',
    async run({ params: { id }, body }, context) {
      const { tx, now, actor } = context
      const manager = await readManagerRow(tx, now, actor, id)
      if (!manager) throw new Refusal('not_found')
      const asked = await resolveLookUp(body, context)
      const { total, rows } = await listAssigned(tx, actor, id, { filter: body.filter, sort: body.sort, lookUp: asked?.lookUp }, sliceOf(body))
      return { items: rows.map(presentAssigned), total, view: asked?.view ?? null, lookupKinds: asked ? kindsOf(asked.lookUp) : [], manager }
    },
  })

  mount.read(queryAssignments, {
    permission: 'org.view',
    async run({ body }, { tx, actor }) {
      const { total, rows } = await listAssignments(tx, actor, body, sliceOf(body))
      return { items: rows.map(presentAssignment), total }
    },
  })

  mount.perform(assignCustomers, assignOperation)
  mount.read(previewAssignment, previewRead)
  mount.perform(reclaimCustomers, reclaimOperation)

  mount.read(queryHandovers, {
    permission: 'org.view',
    async run({ body }, { tx, actor }) {
      const { total, rows } = await listHandovers(tx, actor, body, sliceOf(body))
      return { items: rows.map(presentHandover), total }
    },
  })
  mount.read(previewHandover, previewHandoverRead)
  mount.perform(planHandover, planOperation(deps))
  mount.perform(changeHandover, changeOperation(deps))
  mount.perform(cancelHandover, cancelOperation(deps))
}

const sliceOf = ({ page, pageSize }: { page: number; pageSize: number }) => ({ offset: (page - 1) * pageSize, limit: pageSize })

const presentAssigned = ({ id, number, name, accountName, associationType, assignedAt, countsFrom, monthExpenditure, planId, planNumber, planToId, planToName, planDay }: AssignedRecord) => ({
  id, number, nameMasked: maskCompany(name), accountNameMasked: maskCompany(accountName), associationType, assignedAt: assignedAt.toISOString(), countsFrom, monthExpenditure: fromMinor(monthExpenditure),
  planned: planId === null || planNumber === null || planToId === null || planToName === null || planDay === null ? null : { handoverId: planId, number: planNumber, to: presentPerson({ id: planToId, name: planToName }), day: planDay },
})

const presentAssignment = (row: AssignmentRecord) => ({
  id: row.id, customer: { id: row.customerId, number: row.number, nameMasked: maskCompany(row.customerName) }, manager: presentPerson({ id: row.managerId, name: row.managerName }),
  assignedAt: row.assignedAt.toISOString(), countsFrom: row.countsFrom, endedAt: row.endedAt?.toISOString() ?? null, countsTo: row.countsTo,
  how: row.how, endedHow: row.endedHow, byMasked: row.byName === null ? null : maskName(row.byName), endedByMasked: row.endedByName === null ? null : maskName(row.endedByName),
})
