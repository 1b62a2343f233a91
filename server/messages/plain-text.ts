/** The longest a name may be in a message, in characters. */
const nameMax = 64

/** Names, labels and device texts are written by people, some of them hostile; in a message they must stay words.
 *  @param text any text. @param max the most characters to keep.
 *  @returns one line of plain text: no control, direction or invisible characters, no markup or template marks, nothing that a mail program
 *  or a phone turns into a link; cut to `max` characters with … at the end. */
export function plainText(text: string, max: number = nameMax): string {
  // Composed characters are at most a few code units, so cutting first keeps the work small whatever was handed in.
  const words = text.slice(0, max * 8).normalize('NFC')
    .replace(/[\p{Zl}\p{Zp}\p{Cc}]/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cn}\p{Cs}\uFFFD]/gu, '')
    .replace(/\s+/g, ' ').trim()
  return cut(withoutLinks(withoutMarks(words)), max)
}

/** Full-width twins look alike and mean nothing to HTML, mail programs and template engines. 【】 would pass for the sender's sign. */
const twins: Readonly<Record<string, string>> = { '<': '＜', '>': '＞', '{': '｛', '}': '｝', '`': '＇', '\\': '＼', '@': '＠', '[': '［', ']': '］', '【': '［', '】': '］' }
const withoutMarks = (text: string): string => text.replace(/[<>{}`\\@[\]【】]/g, (mark) => twins[mark] ?? '')

/** Programs find links by a scheme, or by a dot with a letter after it; amounts, initials and `..8841` have no such dot.
 *  The tail of an account, as in `(ID ..p-01)`, has one, behind a dot that no address has there. Dotted numbers of four parts are addresses as well. */
const withoutLinks = (text: string): string => text
  .replace(/(?<=\p{L}):(?=\S)|:(?=\/)/gu, '：')
  .replace(/(?<!\(ID \.)\.(?=\p{L})/gu, '．')
  .replace(/\d{1,3}(?:\.\d{1,3}){3}/g, (address) => address.replaceAll('.', '．'))

function cut(text: string, max: number): string {
  const characters = [...text]
  return characters.length <= max ? text : `${characters.slice(0, max - 1).join('')}…`
}
