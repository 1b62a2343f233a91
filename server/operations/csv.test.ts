import { expect, test } from 'vitest'
import { fromMinor } from '#contract/money.ts'
import { byteOrderMark, csvLine } from './csv.ts'

const cell = (text: string) => csvLine([{ text }]).slice(0, -2)

test.each([
  ['=1+1', "'=1+1"], ['+1', "'+1"], ['-1', "'-1"], ['@x', "'@x"], [' =1+1', "' =1+1"],
  ['\u00a0=1', "'\u00a0=1"], ['\u200b=1', "'\u200b=1"], ['\ufeff@x', "'\ufeff@x"], ['\u3000=1', "'\u3000=1"],
  ['＝1+1', "'＝1+1"], ['＋1', "'＋1"], ['－1', "'－1"], ['＠x', "'＠x"],
  ['\t1', `'\t1`], ['\0=1', `'\0=1`],
  ['a\n=1', `"'a\n'=1"`], ['a\r\n @x', `"'a\r\n' @x"`],
])('a name that reads %j opens as text, not as a formula', (stored, exported) => {
  expect(cell(stored)).toBe(exported)
})

test.each([['云海***公司', '云海***公司'], ['a-b', 'a-b'], ['1=1', '1=1'], ['say "hi"', '"say ""hi"""'], ['a,b', '"a,b"'], ['a\nb', '"a\nb"'], ['', ''], ['138****8000', '138****8000']])(
  'an ordinary text %j keeps its content', (stored, exported) => {
    expect(cell(stored)).toBe(exported)
  })

test('amounts can be summed, a customer ID is read as it stands on the screen, and nothing stays empty', () => {
  expect(csvLine([{ amount: fromMinor(-1230n) }, { amount: fromMinor(99_999_999_999_999n) }, { digits: '2081458841' }, { count: 3 }, { text: null }, { amount: null }]))
    .toBe('-12.30,999999999999.99,208145 8841,3,,\r\n')
  expect(byteOrderMark).toBe('\u{feff}')
})
