import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fourRecords, lines, sampleLine, siembridge } from './run.ts'

const [signIn = ''] = fourRecords

const convert = (stdin: string | Uint8Array, to = 'ecs'): ReturnType<typeof siembridge> =>
  siembridge(['convert', '--to', to], { stdin })

/** An event without the record that it came from. */
async function eventOf(record: string): Promise<{ event: { original?: string }; [field: string]: unknown }> {
  const { status, stdout, stderr } = await convert(record)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const event = JSON.parse(stdout) as { event: { original?: string } }
  delete event.event.original
  return event
}

describe('records that are not as the documentation has them become events all the same', () => {
  test('keys in another case', async () => {
    const pascal = JSON.stringify(JSON.parse(signIn), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, v]) => [key.charAt(0).toUpperCase() + key.slice(1), v as unknown]),
          )
        : value,
    )
    expect(await eventOf(pascal)).toEqual(await eventOf(signIn))
  })

  test('a number where a string was, and a string where a number was', async () => {
    const record = JSON.parse(signIn) as {
      status: { errorCode: number }
      userDisplayName: unknown
      appDisplayName: unknown
    }
    const asText = { ...record, status: { ...record.status, errorCode: String(record.status.errorCode) } }
    expect(await eventOf(JSON.stringify(asText))).toEqual(await eventOf(signIn))
    const numbered = await eventOf(JSON.stringify({ ...record, userPrincipalName: 12345, appDisplayName: 4.5 }))
    expect(JSON.stringify(numbered)).toContain('"12345"')
    expect(JSON.stringify(numbered)).toContain('"4.5"')
  })

  test('an address that is none is left out, and the event is there', async () => {
    const record = JSON.parse(signIn) as object
    const event = await eventOf(JSON.stringify({ ...record, ipAddress: 12345 }))
    expect(event).not.toHaveProperty('source.ip')
  })

  test('pseudo-JSON with single quotes in the string `properties` is read into fields', async () => {
    const { status, stdout, stderr } = await convert(sampleLine('azure.resource-log', 'envelope-pseudo-json'))
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const fields = JSON.stringify({ ...(JSON.parse(stdout) as object), event: undefined })
    expect(fields).toContain('func-contoso')
    expect(fields).toContain("It's done")
  })
})

describe('garbage', () => {
  test('random bytes are rejected, and what stands on a line of its own behind them is read', async () => {
    for (let round = 0; round < 20; round++) {
      const { status, stdout } = await convert(
        Buffer.concat([randomBytes(2000), Buffer.from(`\n${signIn}\n${signIn}\n`)]),
        'cef',
      )
      expect({ round, status }).toEqual({ round, status: 3 })
      expect(
        lines(stdout).length,
        'a quote in the garbage may cost the line behind it, no more',
      ).toBeGreaterThanOrEqual(1)
    }
  })

  test('no escape sequence, control character or turned text of a record reaches the terminal through a message', async () => {
    const nasty = ['\u001b[2J', '\u009b31m', '\u202e', '\u007f', '\u0007', '\u2028']
    const { stderr } = await convert(
      nasty.map((text) => `${JSON.stringify({ [text]: 1 })}\n${text} is no record\n`).join(''),
    )
    expect(lines(stderr)).toHaveLength(2 * nasty.length + 1)
    expect(stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]/)
  })

  test('brackets nested ten thousand deep are rejected', async () => {
    const { status, stderr } = await convert(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}\n${signIn}`)
    expect(status).toBe(3)
    expect(stderr).toMatch(/standard input:1: rejected: .*nested/)
  })

  test('a member __proto__ or constructor harms nothing', async () => {
    const { status, stdout } = await convert(
      signIn.replace('{', '{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}},'),
    )
    expect(status).toBe(0)
    expect(lines(stdout)).toHaveLength(1)
  })

  test('with --json each message is JSON', async () => {
    const { stderr } = await siembridge(['convert', '--to', 'cef', '--json'], {
      stdin: Buffer.concat([randomBytes(500), Buffer.from(`\n{"a":1}\n${signIn}\n`)]),
    })
    for (const line of lines(stderr)) expect(JSON.parse(line)).toBeTypeOf('object')
  })
})
