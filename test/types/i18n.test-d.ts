import { phrase } from '../../content/i18n.ts'

// Checked by the compiler alone: each line below a directive must not compile.

phrase('core.hello')
phrase('programmes.topic', { topic: '冬季养生' })
phrase('staff.bound', { name: '王秀英', role: phrase('role.staff') })
phrase('programmes.noneAhead', { name: { 'zh-CN': '一', 'zh-TW': '一', en: 'one' } })

// @ts-expect-error: a variable is missing
phrase('staff.bound', { name: '王秀英' })

// @ts-expect-error: all variables are missing
phrase('programmes.topic')

// @ts-expect-error: the source text has no such variable
phrase('programmes.topic', { topic: '冬季养生', speaker: '王医生' })

// @ts-expect-error: this text takes no variables
phrase('core.hello', { name: '王秀英' })

// @ts-expect-error: there is no such text
phrase('core.goodbye')

// @ts-expect-error: a value is words, a number, a localized text or something to say
phrase('programmes.topic', { topic: true })

// @ts-expect-error: a localized text has every language
phrase('programmes.topic', { topic: { 'zh-CN': '一', en: 'one' } })
