import { keyword, literal, table, time } from '../../src/build.ts'
import type { Expr, Field } from '../../src/model.ts'

/** Value of a key in the extension of a line of CEF, which the reader of records frames as JSON. */
export const ext = (key: string): Expr => `cef.ext.${key}`

/** Number in the header of CEF: 0 to 3 is low, 4 to 6 medium, 7 and 8 high, 9 and 10 very high; agents write 0 for no alert. */
export const headerSeverity = table(
  'cef.severity',
  {
    ...Object.fromEntries(['0', '1', '2', 'Unknown'].map((word) => [word, 'informational'])),
    ...Object.fromEntries(['3', 'Low'].map((word) => [word, 'low'])),
    ...Object.fromEntries(['4', '5', '6', 'Medium'].map((word) => [word, 'medium'])),
    ...Object.fromEntries(['7', '8', 'High'].map((word) => [word, 'high'])),
    ...Object.fromEntries(['9', '10', 'Very-High'].map((word) => [word, 'critical'])),
  },
  literal('informational'),
)

export const milliseconds = (key: string): Expr => time(ext(key), 'ms')

/** What alerts and activities of the SIEM agent share, under the labels of its custom texts. */
export const agentDictionary: Readonly<Record<string, Field>> = {
  'microsoft.mdca.class': keyword('Class of the event in the word of the agent'),
  'microsoft.mdca.app_ids': keyword('Ids of the apps, with commas (uniqueServiceAppIds)'),
  'microsoft.mdca.policy_ids': keyword('Ids of the policies that matched, with commas (policyIDs)'),
}
