import { html } from 'hono/html'
import { strings as s } from '../client/strings.ts'

/** The page's frame; `web/client` fills it. Ids are the contract between the two. */
export function sandboxPage() {
  return (
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{s.title}</title>
        <link rel="icon" href="/sandbox/assets/icon.svg" />
        <link rel="stylesheet" href="/sandbox/assets/sandbox.css" />
        <script type="module" src="/sandbox/assets/main.js" />
      </head>
      <body>
        <Gate />
        <div id="app" class="app" data-pane="list" hidden>
          <TopBar />
          <nav id="list" class="list" aria-label={s.list.region} />
          <Chat />
        </div>
        <p id="toast" class="toast" role="status" />
        <Tools />
        <dialog id="members" class="panel" aria-labelledby="members-title" />
        <dialog id="picture" class="viewer" aria-label={s.composer.picture} />
      </body>
    </html>
  )
}

function Gate() {
  return (
    <main id="gate" class="gate">
      <h1>{s.title}</h1>
      <p id="gate-text">
        {s.loading} {s.notBuilt}
      </p>
      <form id="gate-form" hidden>
        <label for="token">{s.gate.label}</label>
        <input id="token" type="password" autocomplete="off" required />
        <button type="submit" class="primary">
          {s.gate.open}
        </button>
      </form>
    </main>
  )
}

function TopBar() {
  return (
    <header class="top">
      <h1>{s.title}</h1>
      <label class="me">
        <span>{s.top.me}</span>
        <select id="me" aria-label={s.top.meLabel} />
      </label>
      <section class="clock" aria-label={s.clock.region}>
        <button
          type="button"
          id="clock-toggle"
          class="now"
          aria-expanded="false"
          aria-controls="clock-panel"
          title={s.clock.more}
        >
          <time id="now" />
        </button>
        <div id="clock-panel" class="clock-panel">
          <button type="button" id="clock-hour">
            {s.clock.hour}
          </button>
          <button type="button" id="clock-morning">
            {s.clock.morning}
          </button>
          <button type="button" id="clock-next" aria-describedby="clock-due">
            {s.clock.next}
          </button>
          <small id="clock-due" />
          <form id="clock-form">
            <input id="clock-field" type="datetime-local" required aria-label={s.clock.field} />
            <button type="submit">{s.clock.set}</button>
          </form>
        </div>
      </section>
      <button type="button" id="tools-open" class="tools-open">
        {s.top.tools}
      </button>
    </header>
  )
}

function Chat() {
  return (
    <main class="chat" aria-labelledby="chat-title">
      <div class="chat-head">
        <button type="button" id="back" class="back" aria-label={s.list.back}>
          ‹
        </button>
        <h2 id="chat-title">{s.chat.pick}</h2>
        <small id="busy" role="status" />
        <button type="button" id="members-open" hidden />
      </div>
      <ol id="log" class="log" role="log" aria-label={s.chat.log} tabindex={0} />
      <div id="outside" class="outside" hidden />
      <form id="composer" class="composer" hidden>
        <fieldset class="tries">
          <legend>{s.composer.tries}</legend>
          {s.tries.map((phrase) => (
            <button type="button" data-try={phrase}>
              {phrase}
            </button>
          ))}
        </fieldset>
        <div id="quoting" class="quoting" hidden />
        <div
          id="mention-list"
          class="mention-list"
          role="listbox"
          aria-label={s.composer.people}
          hidden
        />
        <textarea
          id="say"
          rows={2}
          aria-label={s.composer.label}
          placeholder={s.composer.hint}
          aria-controls="mention-list"
          aria-autocomplete="list"
        />
        <div class="actions">
          <button type="button" id="mention">
            {s.composer.mention}
          </button>
          <label class="button">
            {s.composer.picture}
            <input
              id="file"
              type="file"
              accept="image/png,image/jpeg,image/gif,image/webp"
              class="unseen"
            />
          </label>
          <select id="kind" aria-label={s.composer.more}>
            <option value="">＋</option>
            {(['audio', 'emoticon', 'location', 'video', 'file', 'link'] as const).map((kind) => (
              <option value={kind}>{s.kinds[kind]}</option>
            ))}
          </select>
          <button type="submit" class="primary">
            {s.composer.send}
          </button>
        </div>
      </form>
    </main>
  )
}

const RATES = ['dropSends', 'duplicateEvents', 'throwOnSend'] as const
const SWITCHES = ['loseMessageIds', 'truncateAtColonNewline', 'textMentionsOnly'] as const

function Tools() {
  return (
    <dialog id="tools" class="panel drawer" aria-labelledby="tools-title">
      <h2 id="tools-title">{s.tools.title}</h2>
      <p>{s.tools.intro}</p>
      <form id="faults">
        {RATES.map((name) => (
          <label class="rate">
            <span>{s.tools[name]}</span>
            <input type="range" name={name} min="0" max="1" step="0.1" value="0" />
            <output>0%</output>
          </label>
        ))}
        {SWITCHES.map((name) => (
          <label class="switch">
            <input type="checkbox" name={name} />
            <span>{s.tools[name]}</span>
          </label>
        ))}
      </form>
      <div class="actions">
        <button type="button" id="faults-reset">
          {s.tools.reset}
        </button>
        <button type="button" id="relogin">
          {s.tools.relogin}
        </button>
        <button type="button" id="relogin-new">
          {s.tools.reloginNew}
        </button>
        <button type="button" id="tools-close" class="primary">
          {s.tools.close}
        </button>
      </div>
    </dialog>
  )
}

/** What a browser shows instead of a page that it cannot have; it says nothing about the cause. */
export function errorPage(status: number) {
  const { notFound, forbidden, other } = s.errors.page
  const text = status === 404 ? notFound : status === 403 ? forbidden : other
  return html`<!doctype html>${(
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{text}</title>
      </head>
      <body>
        <h1>{text}</h1>
      </body>
    </html>
  )}`
}
