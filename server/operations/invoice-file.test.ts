import { expect, test } from 'vitest'
import { pdf, png } from '#server/testing/files.ts'
import { ofd, zip } from '#server/testing/ofd.ts'
import { takeInvoiceFile } from './invoice-file.ts'

test('an electronic invoice is taken as it is, whatever program wrote it', () => {
  for (const bytes of [ofd(), ofd([{ name: 'Doc_0/Res/font.ttf', content: Buffer.alloc(3000, 7), isStored: true }, { name: 'Doc_0/附件/原始.xml', content: '<a/>' }])]) expect(takeInvoiceFile(bytes)).toEqual({ type: 'application/ofd', content: bytes })
  const plain = pdf(['Invoice'])
  expect(takeInvoiceFile(plain)).toEqual({ type: 'application/pdf', content: plain })
})

test.each<[string, () => Buffer, string]>([
  ['a picture', () => png(4, 4), 'file_type_invoice'], ['a page', () => Buffer.from('<!doctype html><script>1</script>'), 'file_type_invoice'], ['a drawing', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'file_type_invoice'],
  ['another archive', () => zip([{ name: 'word/document.xml', content: '<w/>' }]), 'file_type_invoice'], ['an archive whose root says something else', () => zip([{ name: 'OFD.xml', content: '<html><script>1</script></html>' }]), 'file_type_invoice'],
  ['a document with a script', () => pdf(['Invoice'], '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), 'file_active'], ['a document whose script is spelled in numbers', () => pdf(['Invoice'], '/OpenAction << /S /J#61vaScript /JS (1) >>'), 'file_active'],
  ['a document that starts a program', () => pdf(['Invoice'], '/OpenAction << /S /Launch /F (cmd.exe) >>'), 'file_active'], ['a document that breaks off', () => pdf(['Invoice']).subarray(0, 300), 'file_broken'],
  ['a way up in a name', () => ofd([{ name: '../../etc/passwd', content: 'x' }]), 'file_broken'], ['a name from the root', () => ofd([{ name: '/etc/passwd', content: 'x' }]), 'file_broken'], ['a name of another system', () => ofd([{ name: 'Doc_0\\..\\x.xml', content: 'x' }]), 'file_broken'],
  ['a drive in a name', () => ofd([{ name: 'C:/x.xml', content: 'x' }]), 'file_broken'], ['one name twice', () => ofd([{ name: 'ofd.XML', content: 'x' }]), 'file_broken'], ['a link', () => ofd([{ name: 'Doc_0/link', content: '/etc/passwd', mode: 0o120777 }]), 'file_broken'],
  ['what is locked with a password', () => ofd([{ name: 'Doc_0/secret', content: 'x', flags: 1 }]), 'file_broken'], ['a bomb', () => ofd([{ name: 'Doc_0/bomb.xml', content: Buffer.alloc(21 * 1024 * 1024) }]), 'file_broken'],
  ['a bomb that calls itself small', () => ofd([{ name: 'Doc_0/bomb.xml', content: Buffer.alloc(5 * 1024 * 1024), claimed: 10 }]), 'file_broken'], ['a thousand entries', () => ofd(Array.from({ length: 1000 }, (_, number) => ({ name: `Doc_0/${number}.xml`, content: 'x' }))), 'file_broken'],
  ['an archive in the archive', () => ofd([{ name: 'Doc_0/inner.bin', content: zip([{ name: 'x', content: 'x' }]) }]), 'file_active'], ['a program', () => ofd([{ name: 'Doc_0/setup.bin', content: Buffer.from('MZ\x90\0', 'latin1') }]), 'file_active'],
  ['a program by its name', () => ofd([{ name: 'Doc_0/open.js', content: '1' }]), 'file_active'], ['a page inside', () => ofd([{ name: 'Doc_0/page.xml', content: '<html><script>1</script>' }]), 'file_active'],
  ['something behind its end', () => ofd([], '<script>alert(1)</script>'), 'file_broken'], ['an archive that breaks off', () => ofd().subarray(0, 200), 'file_broken'], ['nothing but a signature', () => Buffer.from('PK\x03\x04', 'latin1'), 'file_broken'],
])('%s is no electronic invoice', (_name, bytes, fault) => {
  expect(takeInvoiceFile(bytes())).toBe(fault)
})
