import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const apiTests = 'server/**/*.api.test.ts'
const raceTests = 'server/**/*.race.test.ts'
// A transaction that waits for a lock, or a machine with two busy cores, is slow but not wrong.
const patient = { testTimeout: 120_000, hookTimeout: 120_000 }
// Each file of the server has a database of its own, so files that share a worker share nothing but the modules, which take longer to load than many files to run.
const shared = { pool: 'threads', isolate: false } as const

/** The console's own build has its own file, vite.config.ts; tests share nothing with it but the react plugin. */
export default defineConfig({
  test: {
    // A forgotten `.only` would leave the other tests out without a word.
    allowOnly: false,
    // One less than there are cores is the rule; but this process does little while the others work. More would want more connections than PostgreSQL has.
    maxWorkers: Math.min(availableParallelism(), 4),
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{server,contract,scripts}/**/*.test.ts'],
          exclude: [apiTests, raceTests],
          ...patient,
        },
      },
      {
        plugins: [react()],
        test: { name: 'component', environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/lib/testing-setup.ts'], pool: 'threads', ...patient },
      },
      {
        test: {
          name: 'embedded',
          environment: 'node',
          include: [apiTests],
          globalSetup: ['server/testing/embedded-setup.ts'],
          provide: { engine: 'embedded' },
          env: { TEST_ENGINE: 'embedded' },
          ...shared,
          ...patient,
        },
      },
      {
        test: {
          name: 'postgres',
          environment: 'node',
          include: [apiTests, raceTests],
          globalSetup: ['server/testing/postgres-setup.ts'],
          provide: { engine: 'postgres' },
          env: { TEST_ENGINE: 'postgres' },
          ...shared,
          ...patient,
        },
      },
    ],
  },
})
