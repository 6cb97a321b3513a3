import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { announcementRulesSchema } from './announcement-rules.ts'
import { type NoiseRules, noiseRulesSchema } from './noise-rules.ts'
import { type ReportRules, reportRulesSchema } from './report-rules.ts'
import {
  type Community,
  type Content,
  calendarRulesSchema,
  chatRulesSchema,
  communitySchema,
  type Demo,
  demoSchema,
  type Programme,
  programmeSchema,
  type SurveyRules,
  surveyRulesSchema,
  wordsSchema,
} from './schema.ts'
import { askingFits } from './settings.ts'
import { signUpRulesSchema } from './sign-up-rules.ts'
import { readSurveys } from './survey-files.ts'
import { currentSurvey, type Questionnaire } from './survey-schema.ts'
import { type WasteRules, wasteRulesSchema } from './waste-rules.ts'
import { ContentError, type ContentFile, type Problem, readContentFile } from './yaml.ts'

/** The content folder of this package, whether it runs from source or compiled (nobody copies YAML). */
export function contentRoot(): string {
  let dir = import.meta.dirname
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir)
  return join(dir, 'content')
}

/**
 * Reads and checks the content folder.
 * @throws ContentError with the problems of all files together
 */
export function loadContent(dir: string): Content {
  const problems: Problem[] = []
  const community = readContentFile(dir, 'community/community.yaml', communitySchema, problems)
  const demo = readContentFile(dir, 'community/demo.yaml', demoSchema, problems)
  const calendar = readContentFile(dir, 'community/calendar.yaml', calendarRulesSchema, problems)
  const chat = readContentFile(dir, 'rules/chat.yaml', chatRulesSchema, problems)
  const words = readContentFile(dir, 'rules/words.yaml', wordsSchema, problems)
  const surveyRules = readContentFile(dir, 'rules/surveys.yaml', surveyRulesSchema, problems)
  const reportRules = readContentFile(dir, 'rules/reports.yaml', reportRulesSchema, problems)
  const noiseRules = readContentFile(dir, 'rules/noise.yaml', noiseRulesSchema, problems)
  const wasteRules = readContentFile(dir, 'rules/waste.yaml', wasteRulesSchema, problems)
  const announcementRules = readContentFile(
    dir,
    'rules/announcements.yaml',
    announcementRulesSchema,
    problems,
  )
  const signUpRules = readContentFile(dir, 'rules/signups.yaml', signUpRulesSchema, problems)
  const programmes = contentFiles(dir, 'programmes', problems).flatMap(
    (file) => readContentFile(dir, file, programmeSchema, problems) ?? [],
  )
  problems.push(...repeatedIds(programmes))
  // A community may do without surveys; a folder of them is checked as a whole.
  const surveys = existsSync(join(dir, 'surveys'))
    ? readSurveys(dir, contentFiles(dir, 'surveys', problems), chat?.value.maxTextLength, problems)
    : []
  if (community) {
    for (const programme of programmes) problems.push(...audienceProblems(programme, community))
    if (demo) problems.push(...demoProblems(demo, community))
  }
  if (surveyRules) problems.push(...roundProblems(surveyRules, surveys))
  if (noiseRules && reportRules) problems.push(...windowProblems(noiseRules, reportRules.value))
  if (wasteRules && community) problems.push(...collectionProblems(wasteRules, community))
  if (!community || !demo || !calendar || !chat || !words || !surveyRules) {
    throw new ContentError(problems)
  }
  if (!reportRules || !noiseRules || !wasteRules || !announcementRules || !signUpRules) {
    throw new ContentError(problems)
  }
  if (problems.length > 0) throw new ContentError(problems)
  return {
    community: community.value,
    demo: demo.value,
    programmes: programmes.map((p) => p.value).sort((a, b) => (a.id < b.id ? -1 : 1)),
    surveys,
    surveyRules: surveyRules.value,
    reportRules: reportRules.value,
    noiseRules: noiseRules.value,
    wasteRules: wasteRules.value,
    announcementRules: announcementRules.value,
    signUpRules: signUpRules.value,
    chat: chat.value,
    words: words.value,
    calendarRules: calendar.value,
  }
}

/** The content files in `dir`/`folder`, relative to `dir`; none at all is a problem. */
export function contentFiles(dir: string, folder: string, problems: Problem[]): string[] {
  const path = join(dir, folder)
  const files = existsSync(path) ? readdirSync(path) : []
  const found = files.filter((f) => /^[^.].*\.(ya?ml|json)$/.test(f)).sort()
  if (found.length === 0) {
    const message = 'expected a folder with at least one .yaml file'
    problems.push({ file: folder, line: 1, path: '', message })
  }
  return found.map((file) => `${folder}/${file}`)
}

/** A round asks a survey that there is, and leaves a day for each of its questions. */
function* roundProblems(
  { value, problem }: ContentFile<SurveyRules>,
  surveys: readonly Questionnaire[],
): Generator<Problem> {
  for (const [i, rule] of value.rounds.entries()) {
    const survey = currentSurvey(surveys, rule.survey)
    if (survey === undefined) {
      yield problem(['rounds', i, 'survey'], `expected a survey of the folder surveys`)
    } else if (!askingFits(survey, rule)) {
      const message = `expected at least ${survey.items.length} days, one for each question`
      yield problem(['rounds', i, 'days'], message)
    }
  }
}

/** A time in which something is not allowed speaks of noise that can be reported. */
function* windowProblems(
  { value, problem }: ContentFile<NoiseRules>,
  { categories }: ReportRules,
): Generator<Problem> {
  const known = categories.find(({ id }) => id === 'noise')?.subtypes.map((s) => s.subtype)
  for (const kind of new Set(value.windows.flatMap((window) => window.kinds))) {
    if (!known?.includes(kind)) {
      yield problem(['cities'], `expected kinds of noise of rules/reports.yaml, found "${kind}"`)
    }
  }
}

function* collectionProblems(
  { value, problem }: ContentFile<WasteRules>,
  community: ContentFile<Community>,
): Generator<Problem> {
  const { place } = value.collection
  if (!knows(community, place)) {
    yield problem(['collection', 'place'], `expected a place of the map, found "${place}"`)
  }
}

function* repeatedIds(programmes: readonly ContentFile<Programme>[]): Generator<Problem> {
  const seen = new Set<string>()
  for (const { value, problem } of programmes) {
    if (seen.has(value.id))
      yield problem(['id'], `expected an id of its own, "${value.id}" is taken`)
    seen.add(value.id)
  }
}

function* audienceProblems(
  programme: ContentFile<Programme>,
  community: ContentFile<Community>,
): Generator<Problem> {
  for (const [i, id] of (programme.value.audience?.places ?? []).entries()) {
    if (!knows(community, id)) {
      yield programme.problem(
        ['audience', 'places', i],
        `expected a place of the map, found "${id}"`,
      )
    }
  }
}

function* demoProblems(
  demo: ContentFile<Demo>,
  community: ContentFile<Community>,
): Generator<Problem> {
  const { rooms, people } = demo.value
  const topics = new Set<string>()
  for (const [i, { topic, place }] of rooms.entries()) {
    if (topics.has(topic)) yield demo.problem(['rooms', i, 'topic'], `expected "${topic}" once`)
    topics.add(topic)
    if (place !== undefined && !knows(community, place)) {
      yield demo.problem(['rooms', i, 'place'], `expected a place of the map, found "${place}"`)
    }
  }
  const { staffRoom } = community.value
  if (!rooms.some((room) => room.kind === 'staff' && room.topic === staffRoom)) {
    yield demo.problem(['rooms'], `expected the staff's group "${staffRoom}"`)
  }
  const names = new Set<string>()
  for (const [i, person] of people.entries()) {
    if (names.has(person.name)) {
      yield demo.problem(['people', i, 'name'], `expected "${person.name}" once`)
    }
    names.add(person.name)
    if (person.beat !== undefined && !knows(community, person.beat)) {
      yield demo.problem(
        ['people', i, 'beat'],
        `expected a place of the map, found "${person.beat}"`,
      )
    }
    for (const [j, { topic }] of person.rooms.entries()) {
      if (!topics.has(topic)) {
        yield demo.problem(
          ['people', i, 'rooms', j],
          `expected a group of this file, found "${topic}"`,
        )
      }
    }
  }
  if (people.filter((person) => person.role === 'owner').length !== 1) {
    yield demo.problem(['people'], 'expected exactly one owner')
  }
}

function knows(community: ContentFile<Community>, id: string): boolean {
  return community.value.places.some((place) => place.id === id)
}
