import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type Item, questionnaireSchema } from '../../content/survey-schema.ts'
import { ContentError, type Problem, readContentFile } from '../../content/yaml.ts'
import { understandAnswer } from '../../handlers/surveys/answers.ts'
import { CliError, say } from './context.ts'

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  /** Whether the question stands open in the group; true when left out. */
  open: z.boolean().optional(),
})

/** `linli understand --question FILE#ITEM --where group|direct`: replies in, what they mean out, as JSON lines. */
export async function understand(options: { question: string; where: string }): Promise<void> {
  const { where } = options
  if (where !== 'group' && where !== 'direct') {
    throw new CliError(`--where must be group or direct, not "${where}".`)
  }
  const item = readItem(options.question)
  let number = 0
  for await (const line of createInterface({
    input: process.stdin,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1
    if (line.trim() === '') continue
    const { id, text, open } = readLine(line, number)
    const heard =
      open === false && where === 'group'
        ? ({ kind: 'ignore' } as const)
        : understandAnswer(item, text, where)
    const value = heard.kind === 'answer' ? heard.value : null
    say(JSON.stringify({ id, kind: heard.kind, value }))
  }
}

function readLine(line: string, number: number): z.infer<typeof lineSchema> {
  try {
    return lineSchema.parse(JSON.parse(line.replace(/^\uFEFF/, '')))
  } catch {
    throw new CliError(
      `Line ${number} is not a JSON object with "id", "text" and, if wanted, "open": true or false.`,
    )
  }
}

function readItem(question: string): Item {
  const [file = '', id = ''] = question.split('#')
  if (file === '' || id === '') {
    throw new CliError('--question names a file and an item, such as satisfaction.v1.yaml#overall.')
  }
  const path = resolve(file)
  const problems: Problem[] = []
  const read = readContentFile(
    dirname(path),
    path.slice(dirname(path).length + 1),
    questionnaireSchema,
    problems,
  )
  if (read === undefined) throw new ContentError(problems)
  const item = read.value.items.find((i) => i.id === id)
  if (item === undefined) {
    const ids = read.value.items.map((i) => i.id).join(', ')
    throw new CliError(`${file} has no item "${id}". It has: ${ids}.`)
  }
  return item
}
