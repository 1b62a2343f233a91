import type * as z from 'zod/mini'
import type { SensitiveOperation } from './operations.ts'

/** One call of the API: the only place where its address, input and answer are written down. Both sides read it at run time. */
export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/api/${string}`
  /** Parts of the path written `:name`. */
  readonly params?: z.ZodMiniType<Record<string, string>>
  readonly query?: z.ZodMiniType
  readonly body?: z.ZodMiniType
  /** The body of a successful answer. A field that is not declared here never leaves the server. */
  readonly response: z.ZodMiniType
  /** The sensitive operation this endpoint performs. The server decides, per partner, how it is confirmed. */
  readonly proof?: SensitiveOperation
  /** The client sends an `Idempotency-Key`; the server replays the first final answer. */
  readonly idempotent?: true
  /** What is sent holds personal data: the console remembers an unfinished attempt in memory only. */
  readonly personal?: true
  /** Reads by POST because its filters are personal data. Changes nothing, so it needs no CSRF value. */
  readonly reads?: true
  /** Runs without a person asking (polling). Does not count as activity of the session. */
  readonly background?: true
  /** Reachable without a session. */
  readonly isPublic?: true
}

/** Exists to infer the literal types of an endpoint. Returns its argument. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition

type Part<E extends Endpoint, K extends 'params' | 'query' | 'body', F extends 'input' | 'output'> =
  E[K] extends z.ZodMiniType ? { [P in K]: F extends 'input' ? z.input<E[K]> : z.output<E[K]> } : unknown

/** What a caller passes: the parts that the endpoint declares, and nothing else. */
export type Input<E extends Endpoint> = Part<E, 'params', 'input'> & Part<E, 'query', 'input'> & Part<E, 'body', 'input'>
/** What the server works with after parsing. */
export type Parsed<E extends Endpoint> = Part<E, 'params', 'output'> & Part<E, 'query', 'output'> & Part<E, 'body', 'output'>
/** What the server must give to be answered. */
export type Reply<E extends Endpoint> = z.input<E['response']>
/** What the caller gets. */
export type Answer<E extends Endpoint> = z.output<E['response']>
