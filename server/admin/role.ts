import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { grantable } from '#server/auth/permissions.ts'
import { list, sql } from '#server/db/query.ts'
import { customRolesMax, roleErrors, withDefaults } from '#server/features/roles/rules.ts'
import { listCustomRoles } from '#server/operations/custom-roles.ts'
import { queueForPeople } from '#server/operations/members.ts'
import { command, CommandRefused } from './command.ts'
import { change, findMember, findPartner } from './desk.ts'
import { Account, oneOf, RoleName } from './fields.ts'

const partnerOption = { partner: { value: '<account>', hint: 'which partner' } }

const create = command({
  name: 'role:create',
  summary: 'Makes a role of a partner, under the rules of its own administrators: at most ten, no name twice, and nothing in it that only administrators do. It counts as made by the master account.',
  options: { ...partnerOption, name: { value: '<name>', hint: 'of the role' }, permission: { value: '<item>', hint: grantable.join(', '), isList: true } },
  input: z.strictObject({ partner: Account, name: RoleName, permission: z.optional(z.array(oneOf(grantable))) }),
  async run({ partner: account, name, permission = [] }, desk) {
    const partner = await findPartner(desk, account)
    await change(desk, partner.id, async (tx, now) => {
      await queueForPeople(tx, partner.id)
      const roles = await listCustomRoles(tx, partner.id)
      if (roles.length >= customRolesMax) throw new CommandRefused(`${account} has ${customRolesMax} roles of its own, and cannot have more.`)
      if (roleErrors({ name, permissions: permission }, roles.map((role) => role.name), grantable).length > 0) throw new CommandRefused(`There is a role ${name} already.`)
      const master = await findMember(tx, partner, '')
      const permissions = withDefaults(permission)
      await tx.run(sql`insert into custom_roles (partner_id, id, name, description, permissions, created_at, changed_at, changed_by_id)
        values (${partner.id}::uuid, ${randomUUID()}::uuid, ${name}, '', ${list(permissions)}::text[], ${now}::timestamptz, ${now}::timestamptz, ${master.id}::uuid)`)
      return { log: [{ operation: 'role.created', objectKind: 'role', objectNumber: name, details: { after: permissions.join(' '), members: 0 } }], say: `Role ${name} of ${account} made.` }
    })
  },
})

const show = command({
  name: 'role:list', isLogged: false,
  summary: "Lists a partner's own roles and what they hold.",
  options: partnerOption,
  input: z.strictObject({ partner: Account }),
  async run({ partner: account }, desk) {
    const partner = await findPartner(desk, account)
    const roles = await desk.database.inTenant(partner.id, (tx) => listCustomRoles(tx, partner.id))
    if (roles.length === 0) desk.print(`${account} has no role of its own.`)
    for (const { name, permissions } of roles) desk.print(`${name}: ${permissions.join(', ')}`)
  },
})

export const roleCommands = [create, show]
