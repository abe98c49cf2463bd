import { csvRow } from '../evaluate/csv.ts'

/** Tells categoryOutcome by the vendor and the outcome: for events that come as CEF and pass no parser of ours. */
export const outcomeMap = `${[
  ['event.deviceVendor', 'event.eventOutcome', 'set.event.categoryOutcome'],
  ['Microsoft', 'success', '/Success'],
  ['Microsoft', 'failure', '/Failure'],
]
  .map(csvRow)
  .join('\n')}\n`
