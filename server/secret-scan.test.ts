import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1024 ** 3 })

/** What a secret looks like. A provider's own mark says more than the look of a random word, so the marks come first. */
const kinds: Record<string, RegExp> = {
  'private key': /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/,
  'cloud access key': /\b(?:(?:AKIA|ASIA)[0-9A-Z]{16}|LTAI[0-9A-Za-z]{12,28}|AKID[0-9A-Za-z]{32}|AIza[\w-]{35})\b/,
  'service token': /\b(?:gh[opsur]_[0-9A-Za-z]{36,}|github_pat_\w{40,}|glpat-[\w-]{20,}|npm_[0-9A-Za-z]{36}|xox[abeprs]-[\w-]{10,}|[rs]k_live_[0-9A-Za-z]{16,}|sk-[0-9A-Za-z_-]{32,})\b/,
  'signed token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
  'password in an address': /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@'"`]*:([^\s/@'"`]+)@/,
  // Letters and digits in one long word: nobody chooses that as an example, and every generator makes it.
  'secret with its name': /(?:secret|passw(?:or)?d|token|(?:access|api|app|secret)_?key)\w*['"]?\s*[=:]\s*['"`]?((?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[\w+/=-]{24,})/i,
}
/** What stands for a password in documents and tests. `${` is filled in by a program. */
const examples = new Set(['…', 'password', 'word', /* RFC 6238, appendix B */ 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'])

/** @returns what kinds of secret a line holds. */
const secretsIn = (line: string): string[] => Object.entries(kinds).flatMap(([kind, pattern]) => {
  const found = pattern.exec(line)
  return found && !examples.has(found[1] ?? '') && !found[1]?.startsWith('${') ? [kind] : []
})

/** `place: kind` of each line with a secret, and never the secret itself. */
const scan = (place: string, text: string): string[] => text.split('\n').flatMap((line, at) => secretsIn(line).map((kind) => `${place}:${at + 1} ${kind}`))

describe('the scan for secrets', () => {
  // Put together here, so that the scan does not find its own examples.
  const word = 'q7Zp2Lx9Vb4N'
  const planted: [kind: string, line: string][] = [
    ['private key', `-----BEGIN ${'RSA '}PRIVATE KEY-----`], ['private key', `-----BEGIN ${''}PRIVATE KEY-----`],
    ['cloud access key', `id = ${'AKIA'}${'A1B2C3D4'.repeat(2)}`], ['cloud access key', `SMS_APP_ID=${'LTAI'}5t${word}`],
    ['service token', `//host/:_auth=${'npm_'}${word.repeat(3)}`], ['service token', `'${'ghp_'}${word.repeat(3)}'`],
    ['signed token', `Bearer ${'eyJ'}${word}.${'eyJ'}${word}.${word}`],
    ['password in an address', `DATABASE_URL=postgres://server:${'hunter2'}@db/partner_center`], ['password in an address', `redis://:${'hunter2'}@cache`],
    ['secret with its name', `CODE_SECRET=${word.repeat(3)}`], ['secret with its name', `  "appSecret": "${word.repeat(2)}"`], ['secret with its name', `const password = '${word.repeat(2)}'`],
  ]
  test.each(planted)('finds a planted %s', (kind, line) => {
    expect(secretsIn(line)).toEqual([kind])
  })

  test('says nothing about examples, addresses without a password and names without a value', () => {
    const innocent = [
      'postgres://server:…@db/partner_center', '#DATABASE_URL=postgres://server:password@127.0.0.1:5432/x', 'postgres://${user}:${word}@db/x', 'http://127.0.0.1:3000/a@b',
      'CODE_SECRET=', "password = 'bench-partner-password'", 'token: z.string().check(z.minLength(32))', `"integrity": "sha512-${word.repeat(6)}=="`,
    ]
    expect(innocent.flatMap((line) => secretsIn(line).map((kind) => `${kind}: ${line}`))).toEqual([])
  })
})

test('no file of the repository holds a secret or is a place for one', () => {
  const files = git('ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate').split('\n').filter((path) => path !== '' && existsSync(join(root, path)))
  expect(files.filter((path) => /(^|\/)(\.env(\.(?!example$).*)?|id_(rsa|ecdsa|ed25519)|\.pgpass|\.netrc)$|\.(pem|key|p12|pfx|jks)$/i.test(path))).toEqual([])
  expect(files.flatMap((path) => scan(path, readFileSync(join(root, path), 'utf8')))).toEqual([])
})

test('nor did any earlier version of one', () => {
  // A secret that was taken out again is still known to everybody who has a copy.
  const added = git('log', '--patch', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--format=commit %h').split(/^commit (?=[0-9a-f]+$)/m)
  expect(added.flatMap((commit) => [...new Set(commit.split('\n').filter((line) => line.startsWith('+')).flatMap(secretsIn))].map((kind) => `${commit.split('\n', 1)[0]} ${kind}`))).toEqual([])
})
