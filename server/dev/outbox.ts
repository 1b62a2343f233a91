import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Locale } from '#contract/people.ts'
import { localeOf } from '#server/http/request.ts'
import type { Channel, MessageChannel, Outgoing } from '#server/messages/channel.ts'
import { normalizeEmail, normalizeMobile } from '#server/messages/contact.ts'

/** A message that would have left the house. `at` is UTC, ISO 8601. */
type Kept = { channel: Channel; to: string; subject: string | null; text: string; at: string }

export type Outbox = {
  sms: MessageChannel
  email: MessageChannel
  /** `GET /api/dev/outbox?to=` as JSON and `GET /dev/outbox` as a page. */
  routes: Hono
  /** @param to a destination as typed or as stored; without it everybody's. @returns newest first. */
  newest(to?: string): Kept[]
}

const keptMax = 500
const shownMax = 100
const refreshSeconds = 5
/** Says what the page needs and nothing more: its own style sheet, no script. */
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Takes messages in place of providers, for trying out and for tests: keeps the newest in memory and prints one line for each.
 *  @param print gets that line. */
export function createOutbox(print: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)): Outbox {
  const kept: Kept[] = []
  const take = (channel: Channel) => async ({ to, subject, text }: Outgoing): Promise<void> => {
    kept.unshift({ channel, to, subject: subject ?? null, text, at: new Date().toISOString() })
    kept.length = Math.min(kept.length, keptMax)
    print(`  [${channel}] ${to}: ${firstLine(text)}`)
  }
  const newest = (to?: string): Kept[] => {
    const spellings = to === undefined || to.trim() === '' ? undefined : [to.trim(), normalizeMobile(to), normalizeEmail(to)]
    return spellings ? kept.filter((message) => spellings.includes(message.to)) : [...kept]
  }
  const routes = new Hono()
  routes.get('/api/dev/outbox', (c) => c.json(newest(c.req.query('to'))))
  routes.get('/dev/outbox.css', (c) => c.body(style, { headers: { 'Content-Type': 'text/css; charset=utf-8' } }))
  routes.get('/dev/outbox', (c) => {
    c.header('Content-Security-Policy', policy)
    const to = c.req.query('to') ?? ''
    return c.html(page(localeOf(c.req.header('accept-language')), to, newest(to).slice(0, shownMax)))
  })
  return { sms: { send: take('sms') }, email: { send: take('email') }, routes, newest }
}

/** One line of a terminal: no break, no escape sequence. */
const firstLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, 300)

const words = {
  'zh-CN': { title: '发件箱', intro: '未配置短信和邮件服务时，消息会显示在这里，不会真正发出。页面每 5 秒刷新一次。', to: '收件人', show: '筛选', all: '全部', none: '还没有消息。', sms: '短信', email: '邮件' },
  'en-US': { title: 'Outbox', intro: 'Without a mail or SMS provider, messages are shown here and leave for nobody. The page refreshes every 5 seconds.', to: 'Recipient', show: 'Filter', all: 'All', none: 'No messages yet.', sms: 'SMS', email: 'Mail' },
} as const

/** `html` escapes whatever is put in: texts of messages hold names that people typed. */
function page(locale: Locale, to: string, messages: readonly Kept[]) {
  const word = words[locale]
  const items = messages.map((message) => html`<li><header><b>${word[message.channel]}</b> <span>${message.to}</span> <time datetime="${message.at}">${message.at.slice(11, 19)} UTC</time></header>
${message.subject === null ? '' : html`<h2>${message.subject}</h2>`}<pre>${message.text}</pre></li>
`)
  return html`<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="${refreshSeconds}"><title>${word.title}</title><link rel="stylesheet" href="/dev/outbox.css"></head>
<body><main><h1>${word.title}</h1><p>${word.intro}</p>
<form action="/dev/outbox"><label for="to">${word.to}</label> <input id="to" name="to" value="${to}" autocomplete="off"> <button>${word.show}</button> <a href="/dev/outbox">${word.all}</a></form>
${messages.length === 0 ? html`<p class="none">${word.none}</p>` : html`<ol>${items}</ol>`}</main></body></html>`
}

const style = `:root { color-scheme: light dark; font: 15px/1.6 system-ui, 'PingFang SC', 'Microsoft YaHei', sans-serif; }
body { margin: 0; } main { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; } h1 { font-size: 1.4rem; margin: 0; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; } input, button { font: inherit; padding: .35rem .6rem; } input { flex: 1 1 14rem; }
ol { list-style: none; padding: 0; } li { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; }
li header { display: flex; flex-wrap: wrap; gap: .75rem; } li time { margin-inline-start: auto; font-variant-numeric: tabular-nums; } h2 { font-size: 1rem; margin: .25rem 0 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .25rem 0 0; } .none { opacity: .8; }
`
