import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Engine } from '#server/db/open.ts'
import { type Clock, createDatabase } from '#server/db/transaction.ts'
import { Refusal } from '#server/http/refusal.ts'
import { sentenceOf } from '#server/http/sentences.ts'
import { StartRefused } from '#server/start-refused.ts'
import { accountCommands } from './account.ts'
import { agreementCommands } from './agreement.ts'
import { backupCommands } from './backup-commands.ts'
import { businessCommands } from './business.ts'
import { caseCommands } from './case.ts'
import { checkCommands } from './check.ts'
import { CommandRefused, type Command, type OptionHelp } from './command.ts'
import { companyCommands } from './company.ts'
import { couponCommands } from './coupon.ts'
import { customerCommands } from './customer.ts'
import { identityCommands } from './identity.ts'
import { incentiveLineCommands } from './incentive-line.ts'
import { statementCommands } from './incentive-statement.ts'
import { memberCommands } from './member.ts'
import { roleCommands } from './role.ts'
import { partnerCommands } from './partner.ts'
import { paymentCommands } from './payment.ts'
import { postCommands } from './post.ts'
import { prospectCommands } from './prospect.ts'
import { specialistCommands } from './specialist.ts'

const commands: readonly Command[] = [...checkCommands, ...partnerCommands, ...memberCommands, ...identityCommands, ...roleCommands, ...customerCommands, ...prospectCommands, ...companyCommands, ...businessCommands, ...paymentCommands, ...caseCommands, ...agreementCommands, ...statementCommands, ...incentiveLineCommands, ...accountCommands, ...specialistCommands, ...postCommands, ...couponCommands, ...backupCommands]

/** What the commands need from the outside. */
export type AdminDeps = {
  /** Opens the database that a command works on. @param asOwner with the login that may change the schema. */
  open(asOwner: boolean): Promise<Engine>
  /** Of the embedded database, where that is the one. */
  dataDirectory?: string | undefined
  /** Usually the database's; tests move the server's, and the operator lives in the same time. */
  clock?: Clock
  /** Where the console is: set-up links begin with it. */
  publicUrl: string
  /** Who vouches for people with a unified ID, where somebody does. */
  issuer?: string | undefined
  print(line: string): void
  printError(line: string): void
  readInput(): Promise<string>
  prepareMessages(): void
}

const logged: Record<string, OptionHelp> = {
  operator: { value: '<login>', hint: "the vendor's employee who does it; needed, goes into the operation log" },
  reason: { value: '<text>', hint: 'why, 1 to 200 characters; needed, goes into the operation log' },
}

/** Runs one command of the vendor operator.
 *  @param argv the words after `npm run admin --`. @returns the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function runCommand(argv: readonly string[], deps: AdminDeps): Promise<number> {
  const [name = 'help', ...rest] = argv
  if (['help', '--help', '-h'].includes(name)) return showHelp(rest[0], deps)
  const found = commands.find((command) => command.name === name)
  if (!found) {
    deps.printError(`There is no command ${name}. All commands: npm run admin -- help`)
    return 2
  }
  try {
    if (rest.includes('--help') || rest.includes('-h')) return showHelp(name, deps)
    const { operator, reason, ...given } = readOptions(found, rest)
    await runFound(found, deps, { operator, reason }, given)
    return 0
  } catch (error) {
    deps.printError(sentence(error))
    return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS') ? 2 : 1
  }
}

async function runFound(command: Command, deps: AdminDeps, by: { operator: unknown; reason: unknown }, given: Record<string, unknown>): Promise<void> {
  const { operator = '', reason = '' } = command.isLogged ? readAuthor(by) : {}
  if (deps.dataDirectory !== undefined && (await command.live?.(given, deps.dataDirectory, deps.print))) return
  const engine = await deps.open(command.asOwner)
  try {
    const database = createDatabase(engine, deps.clock)
    // The running servers look for waiting messages every minute by themselves, so a command needs no job queue of its own.
    database.useJobs(async () => undefined, () => undefined)
    await command.run(given, { engine, database, requestId: randomUUID(), operator, reason, publicUrl: deps.publicUrl, issuer: deps.issuer, print: deps.print, readInput: deps.readInput, prepareMessages: deps.prepareMessages })
  } finally {
    await engine.close()
  }
}

function readOptions(command: Command, words: readonly string[]): Record<string, unknown> {
  const options = { ...command.options, ...(command.isLogged && logged) }
  const { values } = parseArgs({
    args: [...words], strict: true, allowPositionals: false,
    options: Object.fromEntries(Object.entries(options).map(([name, { value, isList }]) => [name, { type: value === undefined ? 'boolean' as const : 'string' as const, multiple: isList === true }])),
  })
  return { ...values }
}

function readAuthor({ operator, reason }: { operator: unknown; reason: unknown }): { operator: string; reason: string } {
  if (typeof operator !== 'string' || !/^[^\p{Cc}\s]{2,64}$/u.test(operator)) throw new CommandRefused('--operator: is needed, 2 to 64 characters without blanks')
  if (typeof reason !== 'string' || !/^[^\p{Cc}]{1,200}$/u.test(reason.trim())) throw new CommandRefused('--reason: is needed, 1 to 200 characters')
  return { operator, reason: reason.trim() }
}

/** What the operator reads. A fault of the program keeps its stack, because nobody else sees it. */
function sentence(error: unknown): string {
  if (error instanceof CommandRefused || error instanceof StartRefused) return error.message
  if (error instanceof Refusal) return `${sentenceOf(error.more.sentence ?? error.code, error.code, 'en-US', error.more.facts ?? {}, 'Asia/Shanghai')} (${error.code})`
  if (error instanceof TypeError && 'code' in error) return `${error.message} Options of a command: npm run admin -- help <command>`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function showHelp(name: string | undefined, { print, printError }: AdminDeps): number {
  if (name === undefined) {
    print('Steps of the vendor operator. What changes something of a partner is written to its operation log, with who did it and why.\n\n  npm run admin -- <command> [options]\n')
    const width = Math.max(...commands.map(({ name: each }) => each.length))
    for (const { name: each, summary } of commands) print(`  ${each.padEnd(width)} ${summary}`)
    print('\nOptions of a command: npm run admin -- help <command>\nThe database is that of DATABASE_URL, else the embedded one in DATA_DIR, which no server may be using meanwhile; only backup works beside one.')
    return 0
  }
  const found = commands.find((command) => command.name === name)
  if (!found) {
    printError(`There is no command ${name}. All commands: npm run admin -- help`)
    return 2
  }
  print(`${found.summary}\n\n  npm run admin -- ${found.name} [options]\n`)
  for (const [option, { value = '', hint, isList }] of Object.entries({ ...found.options, ...(found.isLogged && logged) })) print(`  ${`--${option} ${value}`.padEnd(30)} ${hint}${isList ? '; may be given several times' : ''}`)
  return 0
}
