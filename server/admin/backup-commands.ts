import { resolve } from 'node:path'
import * as z from 'zod/mini'
import { checkMembership } from '#server/db/check-login.ts'
import { migrate } from '#server/db/migrate.ts'
import { installJobs } from '#server/jobs/boss.ts'
import { restoreBackup } from './backup-restore.ts'
import { fetchBackup } from './backup-socket.ts'
import { saveBackup, writeBackup } from './backup.ts'
import { command, type Command } from './command.ts'

const File = z.string().check(z.minLength(1, 'is needed'))
const BackupInput = z.strictObject({ out: File })
const told = (file: string, { rows, sha256 }: { rows: number; sha256: string }): string => `${file}: ${rows} rows, SHA-256 ${sha256}`

class NoServer extends Error {}

const backup: Command = {
  ...command({
    name: 'backup',
    summary: 'Writes everything that must be kept into one file, while the servers go on. Keep SEAL_SECRET and CODE_SECRET elsewhere.',
    options: { out: { value: '<file>', hint: 'made anew, readable by you alone; encrypt it before it leaves the machine' } }, isLogged: false,
    input: BackupInput,
    async run({ out }, desk) {
      desk.print(told(out, await saveBackup(resolve(out), (stream) => writeBackup(desk.database, stream))))
    },
  }),
  async live(given, directory, print) {
    const input = BackupInput.safeParse(given)
    if (!input.success) return false
    const { out } = input.data
    try {
      const saved = await saveBackup(resolve(out), async (stream) => {
        if (!(await fetchBackup(directory, stream))) throw new NoServer()
      })
      print(told(out, saved))
      return true
    } catch (error) {
      if (error instanceof NoServer) return false
      throw error
    }
  },
}

const restore = command({
  name: 'restore',
  summary: 'Fills a new, empty database from a backup, checks books and logs, and signs everybody out. As MIGRATION_DATABASE_URL if that is set.',
  options: { in: { value: '<file>', hint: 'as backup wrote it; a damaged one is refused' } }, isLogged: false, asOwner: true,
  input: z.strictObject({ in: File }),
  async run({ in: file }, desk) {
    await migrate(desk.engine)
    await checkMembership(desk.engine)
    await installJobs(desk.engine)
    const rows = await restoreBackup(desk.database, resolve(file))
    desk.print(`${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows of ${rows['partners'] ?? 0} partner${rows['partners'] === 1 ? '' : 's'}. The books balance and the operation logs are whole. Everybody signs in anew.`)
  },
})

export const backupCommands: readonly Command[] = [backup, restore]
