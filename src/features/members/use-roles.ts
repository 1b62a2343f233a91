import { useQuery } from '@tanstack/react-query'
import { listRoles } from '#contract/roles.ts'
import { query } from '#src/api/query.ts'

/** All roles of the partner, built-in and custom, with what each may do. */
export const useRoles = () => useQuery(query(listRoles, {}))
