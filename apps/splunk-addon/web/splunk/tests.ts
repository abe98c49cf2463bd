import type { TestDocument, TestReport } from '../../src/status/test-report.ts'
import { facts } from '../facts.ts'
import { ask, RestError } from './rest.ts'

export type { TestedThing, TestReport } from '../../src/status/test-report.ts'

/** What a test found; only a sentence where the KV store does not answer. */
export type Tested = { readonly report: TestReport } | { readonly sentence: string }

/**
 * Tests an account. splunkd has the program validate an input that is never made: the program keeps what it found under the input's
 * name, and refuses.
 */
export async function testAccount(account: string): Promise<Tested> {
  const name = `t${crypto.getRandomValues(new Uint32Array(2)).join('')}`
  const sentence = await refusal(name, account)
  const path = `storage/collections/data/${facts.collections.tests}/${name}`
  try {
    const { report } = (await ask(path)) as TestDocument
    return { report: JSON.parse(report) as TestReport }
  } catch {
    return { sentence }
  }
}

async function refusal(name: string, account: string): Promise<string> {
  try {
    await ask(`data/inputs/${facts.testScheme}`, { method: 'POST', form: { name, account } })
    return 'The test said nothing.'
  } catch (error) {
    if (!(error instanceof RestError && error.status === 400)) throw error
    return error.message.replace(/^.*?trying to save:\s*/s, '')
  }
}
