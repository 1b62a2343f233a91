import * as z from 'zod/mini'
import type { Permission } from '#contract/people.ts'
import { plainLine } from '#contract/text.ts'
import { nameMax } from './role-rows.ts'

export const descriptionMax = 200
export const RoleForm = z.object({ name: plainLine(1, nameMax), description: plainLine(0, descriptionMax) })
export type RoleForm = z.infer<typeof RoleForm>
export type RoleWish = RoleForm & { permissions: readonly Permission[] }

/** @returns whether both lists hold the same; the order does not matter. */
export const isSameSet = (one: readonly string[], other: readonly string[]): boolean => one.toSorted().join(' ') === other.toSorted().join(' ')
