import * as z from 'zod/mini'
import { endpoint } from './endpoint.ts'
import { Masked } from './masked.ts'
import { Id, Instant } from './page.ts'
import { Permission, Role } from './people.ts'
import { plainLine } from './text.ts'

/** Every role may do these; they cannot be unticked. */
export const defaultPermissions = ['home.view', 'funds.view'] as const satisfies readonly Permission[]
const BuiltInRole = z.object({ role: Role, has: z.array(Permission), /** What an administrator may add to a member of it. */ mayGet: z.array(Permission), members: z.int() })
export const CustomRole = z.object({ id: Id, name: z.string(), description: z.string(), permissions: z.array(Permission), members: z.int(), changedAt: Instant, changedByMasked: z.nullable(Masked) })
export type CustomRole = z.infer<typeof CustomRole>
export const listRoles = endpoint({
  method: 'GET', path: '/api/roles',
  response: z.object({
    builtIn: z.array(BuiltInRole), custom: z.array(CustomRole), customMax: z.int(),
    /** What a custom role may hold; everything else is the administrators' alone. */
    grantable: z.array(Permission),
    directors: z.array(z.object({ id: Id, nameMasked: Masked })),
  }),
})
const roleBody = z.strictObject({ name: plainLine(1, 32), description: z._default(plainLine(0, 200), ''), permissions: z.array(Permission).check(z.maxLength(60)) })
const idParams = z.strictObject({ id: Id })
/** At most ten. A permission that only administrators have is refused, and so is a name that another role has. */
export const createRole = endpoint({ method: 'POST', path: '/api/roles', body: roleBody, response: CustomRole })
/** Bites at the next request of every member who has it. */
export const putRole = endpoint({ method: 'PUT', path: '/api/roles/:id', params: idParams, body: roleBody, response: CustomRole })
/** Refused while a member has it; the refusal's `facts.members` names them, masked. */
export const deleteRole = endpoint({ method: 'DELETE', path: '/api/roles/:id', params: idParams, response: z.object({}) })
