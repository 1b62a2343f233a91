import { useQuery } from '@tanstack/react-query'
import { getAssignmentChoices } from '#contract/assignments.ts'
import { query } from '#src/api/query.ts'

/** @returns active account managers and the directors; empty until they are known. */
export function useChoices() {
  const { data, error } = useQuery({ ...query(getAssignmentChoices, {}), staleTime: 60_000 })
  return { managers: data?.managers ?? [], directors: data?.directors ?? [], isKnown: data !== undefined, error }
}

/** @param people of a choice. @returns them as options of a list. */
export const asOptions = (people: readonly { id: string; nameMasked: string }[]): { value: string; label: string }[] => people.map((person) => ({ value: person.id, label: person.nameMasked }))
