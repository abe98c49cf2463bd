import { expect, test } from 'vitest'
import { samples } from '../samples.ts'
import { siembridge } from './run.ts'

// Node takes WebAssembly away with its compiler; hardened hosts run it so.
test.each(['cef', 'raw+'])('without WebAssembly, %s has the same bytes', async (to) => {
  const stdin = samples.map((s) => s.bytes.toString('utf8')).join('\n')
  const usual = await siembridge(['convert', '--to', to], { stdin })
  expect(usual.stdout).not.toBe('')
  expect(await siembridge(['convert', '--to', to], { stdin, node: ['--jitless'] })).toEqual(usual)
})
