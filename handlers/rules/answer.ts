import { phrase, type Say } from '../../content/i18n.ts'
import { placeName } from '../../content/places.ts'
import { type Content, LANGS, type Localized } from '../../content/schema.ts'
import type { Basis } from '../../content/sources.ts'
import type { WasteKind, WasteObject } from '../../content/waste-rules.ts'
import { basisSay, listed, spanSay, windowSay } from '../core/norms.ts'
import { normalise } from '../core/text/normalise.ts'
import { type RuleQuestion, readRuleQuestion, type Thing } from './question.ts'

/** The answer to a question about the rules; `undefined` when it is none. */
export function answerRuleQuestion(text: string, content: Content): Say | undefined {
  const question = readRuleQuestion(normalise(text), content.wasteRules)
  return question && answerTo(question, content)
}

/** What the community's rules say, where it is written, and whom to ask where nothing is. */
export function answerTo(question: RuleQuestion, content: Content): Say {
  switch (question.about) {
    case 'things':
      return thingsSay(question.things, content)
    case 'sorting':
      return sortingSay(content)
    case 'collection':
      return collectionSay(content)
    case 'renovation':
      return renovationSay(content)
    case 'quiet':
      return quietSay(content)
    case 'report':
      return phrase('rules.report')
  }
}

function thingsSay(things: readonly Thing[], content: Content): Say {
  const [first] = things
  if (things.length === 1 && first !== undefined) return thingSay(first, content)
  return [
    ...things.map(({ name, found }): Say => {
      const what = found?.object?.name ?? name
      return found === undefined
        ? phrase('rules.lineUnknown', { what })
        : phrase('rules.line', { what, kind: found.kind.name })
    }),
    phrase('rules.ask', { ask: content.wasteRules.ask }),
  ]
}

function thingSay({ name, found }: Thing, { wasteRules }: Content): Say {
  const { ask } = wasteRules
  if (found === undefined) return phrase('rules.unknown', { what: name, ask })
  const { kind, object } = found
  const { how, basis } = kind
  if (object === undefined) {
    const what = phrase('rules.kind', { kind: kind.name, ...examples(kind), how })
    return [what, basis === undefined ? phrase('rules.ask', { ask }) : basisSay(basis)]
  }
  return [
    phrase('rules.thing', { what: titleOf(name, object), kind: kind.name, how }),
    ...(object.note === undefined ? [] : [phrase('rules.note', { note: object.note })]),
    basis === undefined ? phrase('rules.ask', { ask }) : dutySay(kind.id, basis),
  ]
}

/** The law asks to sort; which thing belongs where is the city's to say. */
function dutySay(kind: WasteKind['id'], basis: Basis): Say {
  if (kind === 'construction') return basisSay(basis)
  return phrase('rules.duty', { title: basis.source.title, list: listed(basis.articles) })
}

function examples({ objects }: WasteKind) {
  const [a, b, c] = objects.map((object) => object.name)
  return { a: a ?? '…', b: b ?? '…', c: c ?? '…' }
}

/** What it is called, and what it was called if that is another word for it. */
function titleOf(name: string, { name: own }: WasteObject): Localized | Say {
  const known = LANGS.some((lang) => normalise(own[lang]).includes(name))
  const han = /\p{Script=Han}/u.test(name)
  return known || !han ? own : phrase('rules.alias', { name, like: own })
}

function sortingSay({ wasteRules }: Content): Say {
  const bins = wasteRules.kinds.filter(({ id }) => id !== 'bulky' && id !== 'construction')
  const [basis] = bins.flatMap((kind) => kind.basis ?? [])
  return [
    phrase('rules.sorting'),
    ...bins.map((kind) => phrase('rules.sortingLine', { kind: kind.name, ...examples(kind) })),
    phrase('rules.askThing'),
    ...(basis === undefined ? [] : [basisSay(basis)]),
  ]
}

function collectionSay({ wasteRules, community }: Content): Say {
  const { times, place, by } = wasteRules.collection
  const where: Localized = {
    'zh-CN': placeName(community, place, 'zh-CN'),
    'zh-TW': placeName(community, place, 'zh-TW'),
    en: placeName(community, place, 'en'),
  }
  const spans = listed(times.map(({ from, to }) => `${from}–${to}`))
  return [
    phrase('rules.collection', { spans, where, by }),
    phrase('rules.collectionAsk', { ask: wasteRules.ask }),
  ]
}

function renovationSay({ noiseRules }: Content): Say {
  const windows = noiseRules.windows.filter(({ kinds }) => kinds.includes('renovation'))
  const [basis] = windows.flatMap((window) => window.basis ?? [])
  return [
    phrase('rules.renovation'),
    ...windows.map((window) => phrase('rules.bullet', { text: windowSay(window) })),
    basis === undefined ? phrase('rules.agreed') : basisSay(basis),
  ]
}

function quietSay({ noiseRules }: Content): Say {
  const { day, area, nightBasis } = noiseRules
  return [
    phrase('rules.quiet', { span: spanSay({ from: day.to, to: day.from }) }),
    phrase('rules.limits', { day: area.day, night: area.night, area: area.name }),
    basisSay(nightBasis),
    basisSay(area.basis),
    phrase('rules.report'),
  ]
}
