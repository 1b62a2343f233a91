import { expect, test } from 'vitest'
import { isCreditCode } from './credit-code.ts'
import { findWords } from './words.ts'

test('a credit code is one when its last sign checks the others', () => {
  for (const one of ['91350100M000100Y43', '91440300MA5DEMQ1X9', '91110108MA01ABCD2H', '91310115MA1K3AAB9J']) expect([one, isCreditCode(one)]).toEqual([one, true])
  for (const one of ['91350100M000100Y44', '91350100M000100Y4', '91350100M000100Y433', 'O1350100M000100Y43', '91350100m000100y43', '91350100MO00100Y43', '']) expect([one, isCreditCode(one)]).toEqual([one, false])
})

test('every slip of one sign in a code is noticed', () => {
  const code = '91440300MA5DEMQ1X9'
  const slips = [...code].flatMap((sign, place) => [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].filter((other) => other !== sign).map((other) => code.slice(0, place) + other + code.slice(place + 1)))
  expect(slips.length).toBe(18 * 30)
  expect(slips.filter(isCreditCode)).toEqual([])
})

test('the values stand behind their labels, in two columns, spread and with the blanks that reading adds', () => {
  const text = `营业 执照
(副本 )
统一 社会 信用 代码
91440300MA5DEMQI1X9
名 称 深圳 云 港 数据 服务 有 限 公司 注册 资本 喜 什 万 元 整
类 ”型 有 限 责任 公司 成 立 日 期 ”2019 年 04 月 18 日
法 定 代表 人 沈 若 溪 营业 期 限 ”长 期
经 营 范围 ”软件 开发 ;数据 处 理 服务 ; 信息 技术 住 “所 深圳 市 南山 区 云 港 路 18 号
咨询 服务 。 科 创 大 厦 6 层
登记 机 关`
  expect(findWords(text)).toEqual({ name: '深圳云港数据服务有限公司', creditCode: '91440300MA5DEMQ1X9', representative: '沈若溪', address: '深圳市南山区云港路18号科创大厦6层' })
})

test('in one column an address of two lines is put together, and brackets are as on the licence', () => {
  const text = '名称：云港（深圳）科技有限公司\n统一社会信用代码：9111 0108 MA01 ABCD 2H\n法定代表人：欧阳娜娜\n住所：北京市海淀区某路1号\n2层201室\n经营范围：软件开发。'
  expect(findWords(text)).toEqual({ name: '云港（深圳）科技有限公司', creditCode: '91110108MA01ABCD2H', representative: '欧阳娜娜', address: '北京市海淀区某路1号2层201室' })
})

test('what is missing, garbled or nearly right is not told', () => {
  expect(findWords('')).toEqual({ name: null, creditCode: null, address: null, representative: null })
  expect(findWords('名称 %%!! 91440300MA5DEMQ1X8 法定代表人 <script>\n住所')).toEqual({ name: null, creditCode: null, address: null, representative: null })
})

test('a page full of letters is read in no time', () => {
  const from = performance.now()
  findWords('OISZ'.repeat(30_000))
  findWords('名称'.repeat(60_000))
  expect(performance.now() - from).toBeLessThan(1000)
})
