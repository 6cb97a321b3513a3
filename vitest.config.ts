import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A busy machine is slow, not wrong.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Wechaty writes warnings of its own otherwise.
    env: { WECHATY_LOG: 'silent' },
  },
})
