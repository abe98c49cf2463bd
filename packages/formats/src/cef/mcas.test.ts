import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostile } from '../hostile.test.ts'
import { isProblem } from '../problem.ts'
import { mcasLine } from './mcas.ts'
import { readCef } from './read.ts'
import type { McasEvent } from './mcas.ts'

const activity: McasEvent = {
  time: '2026-03-04T05:06:07.000Z',
  version: '0.111.85',
  classId: 'EVENT_CATEGORY_LOGOUT',
  name: 'Log out',
  severity: 0,
  pairs: [
    ['externalId', '1772600767000_00000000-0000-4000-8000-000000000001'],
    ['rt', '1772600767000'],
    ['msg', 'Log out'],
    ['dvc', ''],
    ['requestClientApplication', ''],
    ['cs1Label', 'portalURL'],
    ['cs1', 'https://contoso.example/#/audits?activity.id=eq(1,)'],
    ['cs4Label', 'policyIDs'],
    ['cs4', ''],
    ['c6a1Label', 'Device IPv6 Address'],
    ['c6a1', ''],
  ],
}

test('an activity is written with empty values, escaped = and a quoted label', () => {
  expect(mcasLine(activity)).toBe(
    '2026-03-04T05:06:07.000Z CEF:0|MCAS|SIEM_Agent|0.111.85|EVENT_CATEGORY_LOGOUT|Log out|0|' +
      'externalId=1772600767000_00000000-0000-4000-8000-000000000001 rt=1772600767000 msg=Log out ' +
      'dvc= requestClientApplication= cs1Label=portalURL ' +
      'cs1=https://contoso.example/#/audits?activity.id\\=eq(1,) cs4Label=policyIDs cs4= ' +
      'c6a1Label="Device IPv6 Address" c6a1=',
  )
})

test('an alert doubles single quotes in its message and its name, and may name a host', () => {
  const alert: McasEvent = {
    ...activity,
    host: 'agent-1',
    classId: 'ALERT_CABINET_EVENT_MATCH_AUDIT',
    name: "Ann's policy",
    severity: 3,
    pairs: [
      ['msg', "Activity policy 'p' was\r\ntriggered"],
      ['suser', "o'neil@contoso.example"],
    ],
  }
  expect(mcasLine(alert)).toBe(
    '2026-03-04T05:06:07.000Z agent-1 CEF:0|MCAS|SIEM_Agent|0.111.85|ALERT_CABINET_EVENT_MATCH_AUDIT|' +
      "Ann''s policy|3|msg=Activity policy ''p'' was\\ntriggered suser=o'neil@contoso.example",
  )
})

test('whatever it holds, the tolerant reader gives it back', () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, cs1, msg) => {
      const event = readCef(
        mcasLine({
          ...activity,
          name,
          pairs: [
            ['cs1', cs1],
            ['msg', msg],
            ['c6a1', ''],
          ],
        }),
        {
          tolerant: true,
        },
      )
      if (isProblem(event)) throw new Error(event.problem)
      expect(event.extensions.cs1).toBe(kept(cs1))
      expect(event.extensions.msg?.replaceAll("''", "'")).toBe(kept(msg))
      expect(event.name.replaceAll("''", "'")).toBe(name.replace(/\r\n|[^ -~\u0080-\uffff]/g, ' '))
    }),
    { numRuns: 300 },
  )
})

function kept(raw: string): string {
  return raw.replace(/\r\n?/g, '\n').replace(/[^ -~\u0080-\uffff\n]/g, ' ')
}
