import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dataFolder, type Program, startProgram } from '../support/program.ts'

vi.setConfig({ testTimeout: 30_000 })

const folder = dataFolder()
let program: Program

beforeAll(async () => {
  program = await startProgram(folder.path)
}, 60_000)

afterAll(async () => {
  await program[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

describe('a fresh start', () => {
  it('greets nobody who was there before', async () => {
    for (const topic of ['18街坊', '28街坊', '29街坊', '工作人员']) {
      expect(await program.api.messages(topic)).toEqual([])
    }
  })
})
