import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const apiTests = 'server/**/*.api.test.ts'
const raceTests = 'server/**/*.race.test.ts'
// A transaction that waits for a lock, or a machine with two busy cores, is slow but not wrong.
const patient = { testTimeout: 120_000, hookTimeout: 120_000 }

/** The console's own build has its own file, vite.config.ts; tests share nothing with it but the react plugin. */
export default defineConfig({
  test: {
    // A forgotten `.only` would leave the other tests out without a word.
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['{server,contract,scripts}/**/*.test.ts'],
          exclude: [apiTests, raceTests],
          testTimeout: 120_000,
        },
      },
      {
        plugins: [react()],
        test: { name: 'component', environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
      },
      {
        test: {
          name: 'embedded',
          environment: 'node',
          include: [apiTests],
          globalSetup: ['server/testing/embedded-setup.ts'],
          provide: { engine: 'embedded' },
          env: { TEST_ENGINE: 'embedded' },
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
          ...patient,
        },
      },
    ],
  },
})
