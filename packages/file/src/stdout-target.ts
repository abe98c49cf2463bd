import { descriptorStats, type Finding, type Target } from '@siembridge/core'
import { unblocked } from '@siembridge/core/target'
import { StdoutDelivery, windowBytes } from './stdout-deliver.ts'
import { formats, stdoutTargetOptions, type StdoutTargetOptions } from './target-options.ts'

async function* check(): AsyncGenerator<Finding> {
  const subject = 'standard output'
  try {
    descriptorStats(1)
    yield { subject, is: 'good', says: 'is open' }
  } catch (error) {
    const help = 'Start the bridge with its standard output open, or use the target file.'
    yield { subject, is: 'bad', says: (error as Error).message, help }
  }
}

/** Lines to standard output. */
export const stdoutTarget: Target<StdoutTargetOptions> = {
  kind: 'stdout',
  title: 'Standard output',
  options: stdoutTargetOptions,
  formats,
  receipt: () => 'handed-over',
  repeatWindow: () => windowBytes,
  check,
  open: ({ clock }) => Promise.resolve(new StdoutDelivery(clock, unblocked(1))),
}
