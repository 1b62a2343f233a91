/** Parts of a mail, in order. Texts are plain: whoever composes them made names plain before, and they are escaped here once more. */
export type MailBlock =
  | { kind: 'text'; text: string }
  | { kind: 'button'; text: string }
  | { kind: 'facts'; facts: { label: string; value: string }[] }
  | { kind: 'small'; text: string }

/** What a mail needs of its language: the attribute, and what stands between a label and its value. */
export type MailLanguage = { code: 'zh-CN' | 'en-US'; colon: string }

/** @param url address behind the buttons, from our own settings. @returns the mail as text: the address stands on a line of its own. */
export const renderText = (blocks: readonly MailBlock[], { colon }: MailLanguage, url: string): string => blocks.map((block) => {
  switch (block.kind) {
    case 'text':
    case 'small': return block.text
    case 'button': return `${block.text}${colon.trimEnd()}\n${url}`
    case 'facts': return block.facts.map(({ label, value }) => `${label}${colon}${value}`).join('\n')
  }
}).join('\n\n')

/** @returns the same mail for programs that draw HTML: one column of at most 600 px, no picture, font, script or style sheet from anywhere, and
 *  colours for both schemes. */
export function renderHtml(subject: string, blocks: readonly MailBlock[], { code, colon }: MailLanguage, url: string): string {
  const body = blocks.map((block) => blockHtml(block, colon, url)).join('\n')
  return `<!doctype html>
<html lang="${code}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title><style>${style}</style></head>
<body style="margin:0;padding:0;background:#f4f5f7;color:#1d2129"><div class="page" style="max-width:600px;margin:0 auto;padding:24px 16px">
<div class="card" style="background:#ffffff;border:1px solid #dfe3e8;border-radius:8px;padding:24px;font:16px/1.6 -apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif;overflow-wrap:anywhere">
${body}
</div></div></body></html>
`
}

/** Programs that know the dark scheme read it here; the others keep what stands in the elements. */
const style = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){body{background:#141517!important;color:#e6e8eb!important}.card{background:#1f2124!important;border-color:#3a3d42!important}.small{color:#aeb4bc!important}.go{background:#4c8dff!important;color:#08131f!important}a.address{color:#8ab4ff!important}}`

function blockHtml(block: MailBlock, colon: string, url: string): string {
  switch (block.kind) {
    case 'text': return `<p style="margin:0 0 16px">${escapeHtml(block.text)}</p>`
    case 'small': return `<p class="small" style="margin:0 0 8px;font-size:13px;color:#5b6471">${escapeHtml(block.text)}</p>`
    case 'facts': return `<p style="margin:0 0 16px">${block.facts.map(({ label, value }) => `${escapeHtml(label)}${escapeHtml(colon)}<strong>${escapeHtml(value)}</strong>`).join('<br>')}</p>`
    case 'button': return `<p style="margin:0 0 8px"><a class="go" href="${escapeHtml(url)}" style="display:inline-block;padding:12px 24px;border-radius:6px;background:#1659c7;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(block.text)}</a></p>
<p class="small" style="margin:0 0 16px;font-size:13px;color:#5b6471"><a class="address" href="${escapeHtml(url)}" style="color:#1659c7">${escapeHtml(url)}</a></p>`
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? '')
