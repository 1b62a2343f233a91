import { randomUUID } from 'node:crypto'
import { keyedHash, type Secrets } from '#server/auth/secrets.ts'
import { network } from '#server/auth/network.ts'
import { secondsUntil, takeLimit } from '#server/db/limit.ts'
import type { Tx } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { publicSendsPerAddress, publicSendsPerDestination, resendWait, sendsOfInstallation, sendsPerDay, sendsPerHour } from '#server/limits.ts'

type Slot = { name: string; subject: string; window: number; max: number }
type Settings = { secrets: Pick<Secrets, 'code'>; sendsPerPartnerPerDay: number }

const wait = { window: resendWait, max: 1 }
// One bucket for every spelling: contacts are stored as E.164 digits and lower-case addresses. The destination's wait, the partner's day and the
// installation's hour are the same for members and for the public: one phone, one budget.
const destinationWait = ({ secrets }: Settings, destination: string): Slot => ({ name: 'send.wait.destination', subject: keyedHash(secrets, destination), ...wait })
const shared = ({ sendsPerPartnerPerDay }: Settings, partnerId: string): Slot[] => [
  { name: 'send.day.partner', subject: partnerId, window: 24 * 3600, max: sendsPerPartnerPerDay }, { name: 'send.hour.installation', subject: 'all', ...sendsOfInstallation },
]
const destinationSlots = (settings: Settings, destination: string): Slot[] => [
  destinationWait(settings, destination), { name: 'public.hour.destination', subject: keyedHash(settings.secrets, destination), ...publicSendsPerDestination.hour },
  { name: 'public.day.destination', subject: keyedHash(settings.secrets, destination), ...publicSendsPerDestination.day },
]
const networkSlots = (address: string): Slot[] => [{ name: 'public.hour.address', subject: network(address), ...publicSendsPerAddress.hour }, { name: 'public.day.address', subject: network(address), ...publicSendsPerAddress.day }]
const personSlots = (person: string): Slot[] => [{ name: 'send.hour.person', subject: person, ...sendsPerHour }, { name: 'send.day.person', subject: person, ...sendsPerDay }]

type Member = { partnerId: string; memberId: string }
/** How limits name a signed-in person. */
export const personKey = ({ partnerId, memberId }: Member): string => `${partnerId}:${memberId}`

/** What a code to a signed-in person's own contact takes. @param destination normalised. */
export const toOwnContact = (settings: Settings, member: Member, destination: string): Slot[] => [
  { name: 'send.wait.person', subject: personKey(member), ...wait }, destinationWait(settings, destination), ...personSlots(personKey(member)),
  { name: 'send.hour.destination', subject: keyedHash(settings.secrets, destination), ...sendsPerHour }, { name: 'send.day.destination', subject: keyedHash(settings.secrets, destination), ...sendsPerDay },
  ...shared(settings, member.partnerId),
]

/** What a code to a contact takes that is not yet the person's: the limits of the person and those of the public. It waits for its own kind only, because
 *  it follows a code to the old contact. */
export const toNewContact = (settings: Settings, member: Member, destination: string, address: string): Slot[] => [
  { name: 'send.wait.contact', subject: personKey(member), ...wait }, ...personSlots(personKey(member)), ...destinationSlots(settings, destination), ...networkSlots(address), ...shared(settings, member.partnerId),
]

/** What a code takes that somebody asks for who is not signed in. */
export const toPublic = (settings: Settings, partnerId: string, destination: string, address: string): Slot[] =>
  [...destinationSlots(settings, destination), ...networkSlots(address), ...shared(settings, partnerId)]

/** What the public takes when nobody may learn whether there is a destination: of the sign-in name that was typed, and of the network. */
export const ofTypedName = (typed: string, address: string): Slot[] => [
  { name: 'reset.wait', subject: typed, ...wait }, { name: 'reset.hour', subject: typed, ...publicSendsPerDestination.hour }, { name: 'reset.day', subject: typed, ...publicSendsPerDestination.day },
  ...networkSlots(address),
]
/** The rest of it, of which nobody hears. @param to undefined where the code goes nowhere: the slots are nobody's then, and as many. */
export function toResetContact(settings: Settings, to: { partnerId: string; address: string } | undefined): Slot[] {
  const slots = [...destinationSlots(settings, to?.address ?? ''), ...shared(settings, to?.partnerId ?? '')]
  return to ? slots : slots.map((slot) => ({ ...slot, subject: randomUUID() }))
}

/** Takes all slots or none: what it throws undoes them. Refuses with too_many_requests, naming the limit and when it is free. */
export async function takeSlots(tx: Tx, now: Date, wanted: readonly Slot[]): Promise<void> {
  for (const { name, subject, window, max } of wanted) {
    // oxlint-disable-next-line no-await-in-loop -- one transaction, one connection: the slots are taken one after the other
    const free = await takeLimit(tx, now, name, subject, window, max)
    if (free) {
      const seconds = secondsUntil(free, now)
      throw new Refusal('too_many_requests', { sentence: window === resendWait ? 'sent_too_soon' : 'send_limit', retryAfter: seconds, facts: { seconds: String(seconds), until: free.toISOString(), limit: name } })
    }
  }
}
