import type * as z from 'zod/mini'
import type { Desk } from './desk.ts'

export type OptionHelp = {
  /** What stands after the option, e.g. `<amount>`; without it the option is a switch. */
  value?: string
  hint: string
  /** May be given several times. */
  isList?: true
}

/** One command of the vendor operator. */
export type Command = {
  /** `group:verb`, or one word. */
  name: string
  summary: string
  options: Record<string, OptionHelp>
  /** False for a command that only looks, or that works below the tables; it needs neither operator nor reason. */
  isLogged: boolean
  /** Needs the login that owns the tables. */
  asOwner: boolean
  /** Has the running server of an embedded database do it, because nobody else may open that. @returns false when there is none. */
  live?(given: unknown, dataDirectory: string, print: (line: string) => void): Promise<boolean>
  /** @param given the options as typed. Refuses with CommandRefused what they are not. */
  run(given: unknown, desk: Desk): Promise<void>
}

/** The operator can put it right: said in one sentence, without a stack. */
export class CommandRefused extends Error {
  override readonly name = 'CommandRefused'
}

/** Ties the options to what they must be. @param input the schema of the options; its messages follow the option's name. @returns the command. */
export function command<T extends z.ZodMiniType>(definition: Omit<Command, 'run' | 'isLogged' | 'asOwner'> & { isLogged?: boolean; asOwner?: boolean; input: T; run(input: z.output<T>, desk: Desk): Promise<void> }): Command {
  const { name, summary, options, input, isLogged = true, asOwner = false } = definition
  return {
    name, summary, options, isLogged, asOwner,
    async run(given, desk) {
      const parsed = input.safeParse(given)
      if (!parsed.success) throw new CommandRefused(parsed.error.issues.map(({ path, message }) => `--${String(path[0])}: ${message}`).join('\n'))
      await definition.run(parsed.data, desk)
    },
  }
}
