import type { Permission } from '#contract/people.ts'
import type { Endpoint, Parsed, Reply } from '#contract/endpoint.ts'
import type { ConfirmedBy, LoggedOperation, LogObject, LogResult } from '#contract/operation-log.ts'
import type { Summary } from '#contract/proofs.ts'
import type { Locale } from '#contract/people.ts'
import type { Actor } from '#server/auth/actor.ts'
import type { Tx } from '#server/db/transaction.ts'

/** What is known of a request before anybody is signed in. */
export type RequestFacts = { id: string; address: string; agent: string; locale: Locale }

/** What a handler works with: one transaction of the caller's partner, its time, who calls and from where. */
export type Context = { tx: Tx; now: Date; actor: Actor; request: RequestFacts }

/** The same before the time is known. @param isRepeat the request holds up a proof, so that it may go as far as the effect. */
export type Early = Omit<Context, 'now'> & { isRepeat: boolean }

/** How the operation was confirmed, known while it executes. */
export type Confirmed = { proofId: string | null; confirmedBy: ConfirmedBy; keyHash: string | null }

/** One row of the operation log. The actor, time, request and source are filled in by whoever writes it. */
export type LogFacts = {
  operation: LoggedOperation
  objectKind?: LogObject
  objectNumber?: string
  customerId?: string
  /** Minor units. */
  amount?: bigint
  result?: LogResult
  confirmedBy?: ConfirmedBy
  /** Masked values and codes only; shown in the entry's details. */
  details?: Record<string, string | number | boolean | null>
}

/** A read: who may, and what is answered. The answer passes the response schema, which drops what it does not declare. */
export type Read<E extends Endpoint> = {
  /** `signed_in`: everybody with a session. */
  permission: Permission | 'signed_in'
  run(input: Parsed<E>, context: Context): Promise<Reply<E>>
}

/** A change. With `proof` in its endpoint, the server freezes what `summarize` states and executes it only when confirmed. */
export type Operation<E extends Endpoint, P, L = undefined> = {
  permission: Permission | 'signed_in'
  /** What `prepare` needs to know of the database, with the locks on it, as far as it can be asked before anything is answered. It is sent with the question
   *  who calls, for the caller as of the last request, and asked anew for whoever turns out to be somebody else by now. */
  look?(input: Parsed<E>, early: Early): Promise<L>
  /** Every business rule, and the locks on what the facts depend on. Throws Refusal. Runs at the first request and again at the repeat.
   *  @param looked what `look` found; undefined without it. */
  prepare(input: Parsed<E>, context: Context, looked: Promise<L> | undefined): Promise<P>
  /** What is frozen: facts, rows and notes. Pure. Needed exactly when the endpoint declares a proof. */
  summarize?(prepared: P, input: Parsed<E>, context: Context): Summary
  /** The same rows in another order must give the same value: it goes into the digests. Without it the input itself does. */
  canonical?(input: Parsed<E>): unknown
  /** The effect without a question, so that it is sent as one with the use of the proof, the answer, the log and the commit, and nobody waits for a lock while
   *  this server thinks. What it takes for granted its statements check: when they fail nothing has happened, and `apply` does the work with every question.
   *  @returns undefined when it cannot. */
  foresee?(prepared: P, input: Parsed<E>, context: Context & Confirmed): Reply<E> | undefined
  /** The effect. Throws Refusal for what only shows now; then nothing moved. */
  apply(prepared: P, input: Parsed<E>, context: Context & Confirmed): Promise<Reply<E>>
  /** For an answer with something that may not rest anywhere, such as the address of a link: what is kept for a replay instead, and how the replay gets
   *  the whole answer back. */
  kept?: { hide(reply: Reply<E>): Reply<E>; show(reply: Reply<E>, context: Context): Reply<E> }
  /** What the operation log says of a success; a list writes several rows. */
  log(reply: Reply<E>, prepared: P, input: Parsed<E>): LogFacts | LogFacts[]
  /** What the log says when the operation is refused. Without it refusals are not logged. */
  refused?: LoggedOperation
}

/** Who calls without being a member of a partner: somebody who follows a link, or a customer. */
export type Visitor = {
  request: RequestFacts
  /** Of the customer's own cookie; a member's is never looked at. */
  token: string | undefined
  csrf: string | undefined
  /** Gives the browser the customer's cookie, or takes it away. */
  setToken(token: string | null): void
}

/** A signed-in member whose request runs in several transactions. */
export type Caller = Pick<Context, 'actor' | 'request'>

/** Where a feature registers its endpoints. Every route is closed unless a rule given here opens it. */
export type Mount = {
  read<E extends Endpoint>(endpoint: E, read: Read<E>): void
  perform<E extends Endpoint, P, L>(endpoint: E, operation: Operation<E, P, L>): void
  /** A member's endpoint that opens its own transactions, because a guess or a send is committed before anything else happens. What it needs of the
   *  session it asks again in each of them. */
  own<E extends Endpoint>(endpoint: E, permission: Permission | 'signed_in', run: (input: Parsed<E>, caller: Caller) => Promise<Reply<E>>): void
  /** An endpoint outside the console. It opens its own transactions, because a guess is committed before it is compared. `customer` says that the
   *  handler demands a customer's session; `public` that anybody may call. */
  open<E extends Endpoint>(endpoint: E, by: 'public' | 'customer', run: (input: Parsed<E>, visitor: Visitor) => Promise<Reply<E>>): void
}
