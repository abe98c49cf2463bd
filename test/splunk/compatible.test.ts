import { createEngine, Output } from '@siembridge/engine'
import { isProblem, readHec } from '@siembridge/formats'
import { expect, test } from 'vitest'
import { samples } from '../samples.ts'

/**
 * Where the add-ons that these sourcetypes belong to look for the time of an event: the TIME_PREFIX of their props, with any white
 * space after the colon. A record in their shape has it there.
 */
const timePrefix: Readonly<Record<string, RegExp>> = {
  'azure:aad:audit': /"activityDateTime"\s*:\s*"/,
  'azure:aad:identity_protection:risk_detection': /"(?:activityDateTime|detectedDateTime)"\s*:\s*"/,
  'azure:aad:identity_protection:risky_user': /"riskLastUpdatedDateTime"\s*:\s*"/,
  'azure:aad:signin': /"createdDateTime"\s*:\s*"/,
  'azure:monitor:aad': /"time"\s*:\s*"/,
  'azure:monitor:activity': /"time"\s*:\s*"/,
  // Some resources write `timeStamp` or `timestamp` (Microsoft, "Diagnostic logs for Application Gateway"): the time of receipt there.
  'azure:monitor:resource': /"time(?:stamp)?"\s*:\s*"/i,
  'azure:securityCenter:alert': /"(?:startTimeUtc|timeGeneratedUtc)"\s*:\s*"/,
  'ms365:defender:incident': /"(?:lastUpdateTime|lastUpdateDateTime)"\s*:\s*"/,
  'ms365:defender:incident:alerts': /"(?:lastUpdateTime|lastUpdateDateTime)"\s*:\s*"/,
  'ms:defender:eventhub': /"(?:Timestamp|time)"\s*:\s*"/,
  'mscs:azure:audit': /"eventTimestamp"\s*:\s*"/,
  'mscs:azure:security:alert': /"(?:TimeGenerated|StartTimeUtc|TimeGeneratedUtc)"\s*:\s*"/,
  // Exports of Purview write keys in lower case.
  'o365:management:activity': /"CreationTime"\s*:\s*"/i,
}

const engine = await createEngine({ to: 'hec' })
const sent = samples.flatMap(({ name, bytes }) => {
  const out = new Output()
  engine.record(bytes, out)
  const read = readHec(out.take().toString('utf8'))
  if (isProblem(read)) throw new Error(`${name}: ${read.problem}`)
  return read.map(({ sourcetype = '', event }) => ({ name, bytes, sourcetype, event }))
})
const published = sent.filter(({ sourcetype }) => !sourcetype.startsWith('siembridge:'))

test('every published sourcetype is sent, and no other', () => {
  expect([...new Set(published.map(({ sourcetype }) => sourcetype))].toSorted()).toEqual(
    Object.keys(timePrefix).toSorted(),
  )
})

/** What is masked on its way in is not Microsoft's text any more. */
const withoutSecrets = published.filter(({ event }) => !JSON.stringify(event).includes('masked'))

test('under a published sourcetype goes Microsoft’s record as it is, with the time where its add-on looks for it', () => {
  expect(withoutSecrets.length).toBeGreaterThan(published.length * 0.9)
  for (const { name, bytes, sourcetype, event } of withoutSecrets) {
    expect(event, name).toEqual(JSON.parse(bytes.toString('utf8')))
    expect(JSON.stringify(event), `${sourcetype} ${name}`).toMatch(timePrefix[sourcetype] as RegExp)
  }
})

test('everything else goes in the flat form under a sourcetype of ours', () => {
  for (const { name, sourcetype, event } of sent.filter((one) => one.sourcetype.startsWith('siembridge:'))) {
    const { sb_type: type } = event as { sb_type?: string }
    expect(`siembridge:${type?.replace('.', ':') ?? ''}`, name).toBe(sourcetype)
  }
})
