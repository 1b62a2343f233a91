import { expect, test } from 'vitest'
import { InviteForm } from './invite-form.ts'
import { lookupOf } from './specialist-lookup.ts'

const faults = (way: InviteForm['way'], value: string) => InviteForm.safeParse({ way, value, name: '郑思远', language: 'zh-CN' }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? []

test.each([
  ['MOBILE', '+86 139-1234 0001', []], ['MOBILE', '１３９１２３４０００１', []], ['MOBILE', '12345', ['value mobile']], ['MOBILE', '', ['value required']],
  ['EMAIL', 'a@b.cn', []], ['EMAIL', 'a@b', ['value email']], ['ACCOUNT', 'zheng.siyuan', []], ['ACCOUNT', 'a b c d e', ['value account_name']], ['ACCOUNT', 'zh**yuan', ['value account_name']],
] as const)('by %s, %s is answered with %j', (way, value, expected) => expect(faults(way, value)).toEqual(expected))

test.each([
  ['思远', { name: '思远' }], ['0001', { mobile: '0001' }], ['139 1234 0001', { mobile: '139 1234 0001' }], ['a@b.cn', { email: 'a@b.cn' }], ['思', undefined], ['001', undefined],
] as const)('“%s” is looked up as %j', (text, lookup) => expect(lookupOf(text)).toEqual(lookup))
