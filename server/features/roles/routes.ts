import type { Parsed } from '#contract/endpoint.ts'
import { Role } from '#contract/people.ts'
import { createRole, deleteRole, listRoles, putRole, type CustomRole } from '#contract/roles.ts'
import { grantable, rolePermissions } from '#server/auth/permissions.ts'
import type { Context, LogFacts, Operation } from '#server/http/context.ts'
import type { MountFeature } from '#server/http/app.ts'
import { Refusal } from '#server/http/refusal.ts'
import { maskName } from '#server/masking/mask.ts'
import { noteRole } from '#server/operations/member-notices.ts'
import { queueAs } from '#server/operations/members.ts'
import { readDirectors } from '#server/operations/directors.ts'
import { customRolesMax, difference, roleErrors, withDefaults } from './rules.ts'
import { countBuiltIn, insertRole, namesOfRole, readRole, readRoles, removeRole, updateRole, type RoleRecord } from './store.ts'

type Body = Parsed<typeof createRole>['body']

const present = ({ id, name, description, permissions, members, changedAt, changedBy }: RoleRecord): CustomRole => ({
  id, name, description, permissions: grantable.filter((permission) => permissions.includes(permission)), members, changedAt: changedAt.toISOString(), changedByMasked: changedBy === null ? null : maskName(changedBy),
})

const create: Operation<typeof createRole, undefined> = {
  permission: 'org.role', refused: 'role.created',
  async prepare({ body }, context) {
    const roles = await queuedRoles(context)
    refuseWrong(body, roles)
    if (roles.length >= customRolesMax) throw new Refusal('conflict', { sentence: 'roles_full', facts: { max: String(customRolesMax) } })
    return undefined
  },
  apply: async (_nothing, { body }, context) => await show(context, await insertRole(context.tx, context.now, context.actor, textOf(body))),
  log: (reply) => about('role.created', reply.name, { after: reply.permissions.join(' '), members: reply.members }),
}

const put: Operation<typeof putRole, RoleRecord> = {
  permission: 'org.role', refused: 'role.changed',
  async prepare({ params: { id }, body }, context) {
    const roles = await queuedRoles(context)
    const role = roleOf(roles, id)
    refuseWrong(body, roles.filter((other) => other !== role))
    return role
  },
  async apply(role, { body }, context) {
    const { tx, now, actor } = context
    const text = textOf(body)
    if (!isSame(role, body)) await updateRole(tx, now, actor, role.id, text)
    if (difference(role.permissions, text.permissions) !== '') await noteRole(tx, now, actor.partner, role.id, actor.member.name)
    return await show(context, role.id)
  },
  log: (reply, role, { body }) => (isSame(role, body) ? [] : about('role.changed', reply.name, {
    ...(reply.name !== role.name && { before: role.name, after: reply.name }), changed: difference(role.permissions, reply.permissions) || 'name', members: reply.members,
  })),
}

const remove: Operation<typeof deleteRole, RoleRecord> = {
  permission: 'org.role', refused: 'role.deleted',
  async prepare({ params: { id } }, context) {
    const role = roleOf(await queuedRoles(context), id)
    const names = await namesOfRole(context.tx, context.actor, role.id)
    if (names.length > 0) throw new Refusal('conflict', { sentence: 'role_in_use', facts: { count: String(names.length), members: names.map(maskName).join('、') } })
    return role
  },
  async apply({ id }, _input, { tx, actor }) {
    await removeRole(tx, actor, id)
    return {}
  },
  log: (_reply, { name, permissions }) => about('role.deleted', name, { before: permissions.join(' ') }),
}

const about = (operation: LogFacts['operation'], name: string, details: NonNullable<LogFacts['details']>): LogFacts => ({ operation, objectKind: 'role', objectNumber: name, details })
const textOf = ({ name, description, permissions }: Body) => ({ name, description, permissions: withDefaults(permissions) })
const isSame = (role: RoleRecord, body: Body): boolean => role.name === body.name && role.description === body.description && difference(role.permissions, withDefaults(body.permissions)) === ''

/** Roles and members are changed one after the other: nobody is given a role that is being deleted, and of two who make the tenth role one is refused. */
async function queuedRoles({ tx, actor }: Context): Promise<RoleRecord[]> {
  await queueAs(tx, actor, 'org.role')
  return await readRoles(tx, actor)
}

function roleOf(roles: readonly RoleRecord[], id: string): RoleRecord {
  const role = roles.find((one) => one.id === id.toLowerCase())
  if (!role) throw new Refusal('not_found')
  return role
}

function refuseWrong(body: Body, others: readonly RoleRecord[]): void {
  const fields = roleErrors(body, others.map(({ name }) => name), grantable)
  if (fields.length > 0) throw new Refusal('invalid_input', { fields })
}

async function show({ tx, actor }: Context, id: string): Promise<CustomRole> {
  const role = await readRole(tx, actor, id)
  if (!role) throw new Refusal('not_found')
  return present(role)
}

/** Roles of a partner: the built-in ones, and its own. */
export const mountRoles: MountFeature = (mount) => {
  mount.read(listRoles, {
    permission: 'org.view',
    async run(_input, { tx, actor }) {
      const counts = await countBuiltIn(tx, actor)
      return {
        builtIn: Role.options.map((role) => ({ role, has: [...rolePermissions[role].has], mayGet: [...rolePermissions[role].mayGet], members: counts.get(role) ?? 0 })),
        custom: (await readRoles(tx, actor)).map(present), customMax: customRolesMax, grantable: [...grantable],
        directors: (await readDirectors(tx, actor.partner.id)).map(({ id, name }) => ({ id, nameMasked: maskName(name) })),
      }
    },
  })
  mount.perform(createRole, create)
  mount.perform(putRole, put)
  mount.perform(deleteRole, remove)
}
