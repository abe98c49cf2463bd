import { describe, expect, test } from 'vitest'
import { lines, siembridge } from '../cli/run.ts'
import { samples } from '../samples.ts'
import { hasLognormalizer, ours, theirs } from './lognormalizer.ts'

const suite = hasLognormalizer
  ? 'liblognorm'
  : 'liblognorm (needs lognormalizer, of the Debian package liblognorm-utils)'

describe.skipIf(!hasLognormalizer)(suite, () => {
  test.for([...Map.groupBy(samples, (s) => s.type)])(
    '%s: reads every CEF line as our own reader does',
    async ([, group]) => {
      const stdin = group.map((s) => s.bytes.toString('utf8')).join('\n')
      for (const limit of ['0', '8192', '1400']) {
        const written = lines((await siembridge(['convert', '--to', 'cef', '--max-bytes', limit], { stdin })).stdout)
        expect(written.length).toBeGreaterThanOrEqual(group.length)
        expect(theirs(written)).toEqual(written.map(ours))
      }
    },
  )

  test('reads back what records hold that is hard to write', async () => {
    const nasty = [
      'a=b=c',
      'back\\slash\\',
      'pipe|pipe',
      'line\nfeed',
      'carriage\r\nreturn',
      'tab\there',
      'NUL\u0000',
      ' spaces ',
      'CEF:0|x|y|',
      'key=value msg=x',
      'ü 漢字 😀',
      '\u202eright to left',
      'cs1Label=no',
      '"quotes"',
      '\\n',
      '\\=',
      '=',
    ]
    const stdin = nasty
      .map((text, i) =>
        JSON.stringify({
          ...signIn,
          id: `n-${i}`,
          appDisplayName: text,
          status: { errorCode: 50_126, failureReason: text },
        }),
      )
      .join('\n')
    const written = lines((await siembridge(['convert', '--to', 'cef'], { stdin })).stdout)
    expect(written).toHaveLength(nasty.length)
    expect(theirs(written)).toEqual(written.map(ours))
  })
})

const found = samples.find((s) => s.type === 'entra.sign-in' && s.name === 'graph-failure-at-risk')
const signIn = JSON.parse(found?.bytes.toString('utf8') ?? '{}') as object
