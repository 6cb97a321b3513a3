import { expect, it } from 'vitest'
import { endingOf, safeName } from '../../bot/media/documents.ts'

it.each([
  ['停水通知.pdf', '停水通知.pdf'],
  ['../../etc/x', 'x.pdf'],
  ['C:\\Users\\张\\通知.PDF', '通知.pdf'],
  ['notice.exe', 'notice.exe.pdf'],
  ['a\u0000b\u202Efdp.txt\n.pdf', 'abfdp.txt.pdf'],
  ['=HYPERLINK("http://x").pdf', 'x).pdf'],
  ['<script>alert(1)</script>.pdf', 'script.pdf'],
  ['.htaccess', 'htaccess.pdf'],
  ['...', '文件.pdf'],
  ['con.pdf', '文件.pdf'],
  ['', '文件.pdf'],
  ['长'.repeat(300), `${'长'.repeat(60)}.pdf`],
])('a document called %j gets the name %j', (name, safe) => {
  expect(safeName(name, 'pdf')).toBe(safe)
})

const text = (words: string) => Buffer.from(words)
/** How every file of old office programs begins. */
const CONTAINER = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])

it.each([
  ['a PDF under any name', text('%PDF-1.7\n'), 'x.exe', 'pdf'],
  ['a page that is called a PDF', text('<html><script>'), 'x.pdf', undefined],
  ['a program that is called a PDF', text('MZ\u0090\u0000'), 'x.pdf', undefined],
  ['an archive', Buffer.from('504b0506'.padEnd(44, '0'), 'hex'), 'x.docx', undefined],
  ['an old Word file', CONTAINER, '通知.doc', 'doc'],
  ['a WPS table', CONTAINER, '名单.ET', 'et'],
  ['an installer, which is the same container', CONTAINER, 'setup.msi', undefined],
  ['nothing', Buffer.alloc(0), 'x.pdf', undefined],
])('%s is told by its content', async (_, bytes, name, ending) => {
  expect(await endingOf(bytes, name)).toBe(ending)
})
