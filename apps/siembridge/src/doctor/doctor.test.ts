import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createRedactor } from './redact.ts'
import { tarGz } from './tar.ts'

describe('redact', () => {
  test.for([
    ['http://user:hunter2@proxy:8080', 'http://***@proxy:8080'],
    ['https://x.blob.core.windows.net/c?sv=1&sig=abc%3D&x=1', 'https://x.blob.core.windows.net/c?sv=1&sig=***&x=1'],
    ['client_secret: hunter2', 'client_secret: ***'],
    ['"token":"hunter2"', '"token":"***"'],
    ['client_secret: env:SECRET', 'client_secret: env:SECRET'],
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer ***'],
    ['eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIx.c2ln', '***'],
    ['kim@contoso.com and KIM@contoso.com, lee@contoso.com', 'person-1 and person-1, person-2'],
    ['11111111-2222-3333-4444-555555555555 A1111111-2222-3333-4444-555555555555', 'guid-1 guid-2'],
  ])('%s', ([text, wanted]) => expect(createRedactor()(text as string)).toBe(wanted))
})

test('tar reads the archive back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'siembridge-tar-'))
  try {
    const texts = ['', 'a', 'ä'.repeat(256), 'x'.repeat(512), 'y'.repeat(100_000)]
    const file = join(folder, 'a.tar.gz')
    writeFileSync(
      file,
      tarGz(
        texts.map((content, at) => ({ name: `d/${at}.txt`, content })),
        1_000_000_000_000,
      ),
    )
    execFileSync('tar', ['xzf', file, '-C', folder])
    expect(texts.map((_, at) => execFileSync('cat', [join(folder, `d/${at}.txt`)], { encoding: 'utf8' }))).toEqual(
      texts,
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})
