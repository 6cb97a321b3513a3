import { readFileSync } from 'node:fs'
import { createCalendar } from '../../content/calendar.ts'
import { contentRoot, loadContent } from '../../content/load.ts'
import { toInstant, toZone } from '../../content/time.ts'
import { understand } from '../../handlers/understanding/service.ts'
import { type Example, figures, type Judged, judged, LABELS, overlap } from './score.ts'

/** `npm run eval -- FILE…`: how well residents' words are understood, file by file, with the mistakes. */

const content = loadContent(contentRoot())
const about = {
  now: toInstant('2026-11-24T10:00:00+08:00'),
  zone: toZone('Asia/Shanghai'),
  content,
  calendar: createCalendar(content.calendarRules),
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function percent(hits: number, count: number): string {
  return count === 0 ? 'none marked' : `${((100 * hits) / count).toFixed(1)} % of ${count}`
}

function readExamples(file: string): Example[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Example)
}

function report(file: string): void {
  const examples = readExamples(file)
  const started = performance.now()
  const all = examples.map((example) => judged(example, understand(example.text, about)))
  const seconds = (performance.now() - started) / 1000
  say(`\n${file}: ${all.length} lines, ${Math.round(all.length / seconds)} a second`)
  for (const label of LABELS) {
    const { precision, recall, f1, count } = figures(all, label)
    const numbers = [precision, recall, f1].map((n) => n.toFixed(3))
    say(`  ${label.padEnd(16)} P ${numbers[0]}  R ${numbers[1]}  F1 ${numbers[2]}  (${count})`)
  }
  const none = all.filter(({ example }) => example.label === 'not_complaint')
  const opened = none.filter(({ said }) => said !== 'not_complaint').length
  const alarms = none.filter(({ result }) => result.emergency !== null).length
  say(`  reports among not_complaint: ${percent(opened, none.length)}; emergencies: ${alarms}`)
  details(all)
  for (const one of all.filter(({ right }) => !right)) say(mistake(one))
}

function details(all: readonly Judged[]): void {
  const place = overlap(
    all,
    (e) => e.location,
    (r) => r.place?.text,
  )
  const when = overlap(
    all,
    (e) => e.when,
    (r) => r.when?.text,
  )
  say(`  place ${percent(place.hits, place.count)}; time ${percent(when.hits, when.count)}`)
  const grave = all.filter(({ example }) => example.emergency !== undefined)
  const called = grave.filter(({ example, result }) => result.emergency === example.emergency)
  say(`  emergencies ${percent(called.length, grave.length)}`)
}

function mistake({ example, said, result }: Judged): string {
  const words = result.because.join(' · ')
  const text = example.text.replaceAll('\n', ' ')
  return `  ${example.id}: ${example.label}, taken for ${said} (${result.confidence}): ${text} [${words}]`
}

const files = process.argv.slice(2)
if (files.length === 0) {
  process.stderr.write('Which file? npm run eval -- test/support/reports/chat-a.jsonl\n')
  process.exitCode = 1
}
for (const file of files) report(file)
