import { expect, test } from 'vitest'
import { isTag } from './rules.ts'

test.each(['', '华南-重点', '2026 Q4 / A级', 'v1.2', 'a @ b', '价格*优惠', '👍重点'])('%j may be a tag', (tag) => expect(isTag(tag)).toBe(true))

test.each([
  'http://a.example', '见 https://a.example/x', 'javascript://x', 'www.a.example', '访问 evil.com 领奖', 'a@b.example', 'line\nbreak', 'tab\there', 'a\u0000b', 'abc\u202Edef', 'zero\u200Bwidth', '\u2066x', 'a\u2028b',
])('%j may not be a tag', (tag) => expect(isTag(tag)).toBe(false))
