import type { LogFacts } from '#server/http/context.ts'
import { writeLog } from '#server/audit/write.ts'
import type { Engine } from '#server/db/open.ts'
import { sql } from '#server/db/query.ts'
import type { Database, Tx } from '#server/db/transaction.ts'
import { holdMember, type HeldMember } from '#server/operations/members.ts'
import { CommandRefused } from './command.ts'

/** What a command works with. */
export type Desk = {
  engine: Engine
  database: Database
  /** Goes into the log row and the transfers of this run. */
  requestId: string
  /** Login of the vendor's employee, and why; empty for commands that are not logged. */
  operator: string
  reason: string
  print(line: string): void
  /** Where the console is: set-up links begin with it. */
  publicUrl: string
  /** Who vouches for people with a unified ID, where somebody does. */
  issuer: string | undefined
  /** What stands on standard input, without the line's end. */
  readInput(): Promise<string>
  /** Gives the messages their key. Throws StartRefused where it is missing. */
  prepareMessages(): void
}

export type PartnerRow = { id: string; account: string; name: string; type: string; state: string; verificationOn: boolean; timeZone: string }

/** @returns the partner that signs in with this account. Refuses an unknown one. */
export async function findPartner({ database }: Desk, account: string): Promise<PartnerRow> {
  const [partner] = await database.inGlobal((tx) => tx.rows<PartnerRow>(sql`select id, account, name, type, state, verification_on as "verificationOn", time_zone as "timeZone" from partners where account = ${account}`))
  if (!partner) throw new CommandRefused(`There is no partner ${account}.`)
  return partner
}

/** What is logged of a change, and what the operator is told once it stands. */
export type Changed = { log: LogFacts[]; say: string }

/** One transaction of a partner: what it changes and the log rows that say so stand or fall together. */
export async function change(desk: Desk, partnerId: string, work: (tx: Tx, now: Date) => Promise<Changed>): Promise<void> {
  const say = await desk.database.inTenant(partnerId, async (tx, now) => {
    const { log, say: told } = await work(tx, now)
    await logBy(desk, tx, now, partnerId, log)
    return told
  })
  desk.print(say)
}

/** Writes log rows of the vendor operator; each gets who did it and why. */
export const logBy = ({ operator, reason, requestId }: Desk, tx: Tx, now: Date, partnerId: string, entries: readonly LogFacts[]): Promise<void> =>
  writeLog(tx, now, { partnerId, memberId: null, name: operator, source: 'vendor' }, { id: requestId, address: '', agent: 'admin', locale: 'en-US' },
    entries.map((entry) => ({ ...entry, details: { ...entry.details, operator, reason } })))

export type CustomerRow = { id: string; number: string; associationType: 'RESALE' | 'REFERRAL'; state: string }

/** @returns the partner's customer with this ID. Refuses an unknown one, also one of another partner. */
export async function findCustomer(tx: Tx, partner: PartnerRow, number: string): Promise<CustomerRow> {
  const [customer] = await tx.rows<CustomerRow>(sql`select id, number, association_type as "associationType", state from customers where partner_id = ${partner.id} and number = ${number} for no key update`)
  if (!customer) throw new CommandRefused(`${partner.account} has no customer ${number}.`)
  return customer
}

/** @param login empty for the master account. @returns the member. Refuses an unknown one. */
export async function findMember(tx: Tx, partner: PartnerRow, login: string): Promise<HeldMember> {
  const member = await holdMember(tx, partner.id, { login })
  if (!member) throw new CommandRefused(login === '' ? `${partner.account} has no master account yet.` : `${partner.account} has no member ${login}.`)
  return member
}

/** @returns the id of an active member with the role. Refuses others by name of the option. */
export async function findActive(tx: Tx, partner: PartnerRow, login: string, role: 'director' | 'manager'): Promise<string> {
  const member = await findMember(tx, partner, login)
  if (!member.roles.includes(role) || member.state !== 'ACTIVE') throw new CommandRefused(`${login} is no active ${role} of ${partner.account}.`)
  return member.id
}

/** Who signs in how, for messages to the operator. */
export const signInName = (account: string, login: string): string => (login === '' ? account : `${account} / ${login}`)
