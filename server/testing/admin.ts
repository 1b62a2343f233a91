import { runCommand } from '#server/admin/run.ts'
import type { TestApp } from './app.ts'

/** Runs a command of the vendor operator on the application's own database. @returns the exit code and what it printed. */
export async function admin(app: TestApp, ...argv: string[]): Promise<{ code: number; printed: string }> {
  const printed: string[] = []
  const print = (line: string) => void printed.push(line)
  const engine = { ...app.engine, close: async () => undefined }
  const code = await runCommand(argv, { open: async () => engine, publicUrl: 'http://console.test', print, printError: print, readInput: async () => '', prepareMessages: () => undefined })
  return { code, printed: printed.join('\n') }
}

/** What every logged command says of who does it and why. */
export const vendor = (reason = 'checked'): string[] => ['--operator', 'vendor.li', '--reason', reason]
