import { type InviteLink, showLink } from '#contract/invites.ts'
import { query } from '#src/api/query.ts'
import { queryClient } from '#src/api/query-client.ts'

const addressQuery = (id: string) => ({ ...query(showLink, { params: { id }, body: {} }), staleTime: Number.POSITIVE_INFINITY })

/** The address of a link. Each reading is recorded by the server, so it happens on demand and once a visit. @param id of a link that is not
 *  over. Refuses as the server does. */
export const addressOf = async (id: string): Promise<string> => (await queryClient.fetchQuery(addressQuery(id))).url

/** Remembers an address that came with the link, so that it is not asked for again. */
export function keepAddress(link: InviteLink, url: string): void {
  queryClient.setQueryData(addressQuery(link.id).queryKey, { link, url })
}

/** @returns whether a link still has an address: it works now or will once its activity starts. */
export const isAlive = ({ state }: Pick<InviteLink, 'state'>): boolean => state === 'ACTIVE' || state === 'NOT_STARTED'
