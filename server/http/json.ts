import { Refusal } from './refusal.ts'

export const bodyBytesMax = 256 * 1024
const depthMax = 20
const itemsMax = 1000
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])
/** Typed exactly as the person chose them; everything else is trimmed text in one normal form. */
const takenAsTyped = new Set(['password'])
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** Parses a request body more strictly than JSON.parse: no duplicate or prototype keys, at most 20 levels and 1,000 items an array,
 *  strings in NFC without control characters.
 *  @param text the body, at most bodyBytesMax bytes of UTF-8. Refuses with `malformed` or `too_large`. */
export function parseBody(text: string): unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Refusal('malformed')
  }
  refuseDuplicateKeys(text)
  return clean(parsed, 0, '')
}

function clean(value: unknown, depth: number, key: string): unknown {
  if (depth > depthMax) throw new Refusal('malformed')
  if (typeof value === 'string') {
    if (takenAsTyped.has(key)) return value
    // Half a character cannot be stored: the database would refuse it in the middle of the work.
    if (controls.test(value) || !value.isWellFormed()) throw new Refusal('malformed')
    return value.normalize('NFC')
  }
  if (Array.isArray(value)) {
    if (value.length > itemsMax) throw new Refusal('malformed')
    return value.map((item) => clean(item, depth + 1, key))
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, clean(item, depth + 1, name)]))
  }
  return value
}

/** JSON.parse lets the last of two equal keys win, so a checker and an executor may read different values. The text is known to be valid JSON. */
function refuseDuplicateKeys(text: string): void {
  const open: (Set<string> | undefined)[] = []
  const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g
  let last: string | undefined
  for (const [sign] of text.matchAll(token)) {
    if (sign === '{') open.push(new Set())
    else if (sign === '[') open.push(undefined)
    else if (sign === '}' || sign === ']') open.pop()
    else if (sign === ':' && last !== undefined) noteKey(open.at(-1), String(JSON.parse(last)))
    if (open.length > depthMax + 1) throw new Refusal('malformed')
    last = sign.startsWith('"') ? sign : undefined
  }
}

function noteKey(keys: Set<string> | undefined, key: string): void {
  if (forbiddenKeys.has(key) || keys?.has(key)) throw new Refusal('malformed')
  keys?.add(key)
}
