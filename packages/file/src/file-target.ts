import { access, constants, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Finding, Target, TargetContext } from '@siembridge/core'
import { FileDelivery } from './file-deliver.ts'
import { fileTargetOptions, type FileTargetOptions, formats } from './target-options.ts'

async function* check({ options }: TargetContext<FileTargetOptions>): AsyncGenerator<Finding> {
  const subject = `file ${options.path}`
  const help = `Make the folder ${dirname(options.path)}, and let this account write there.`
  try {
    const existing = await stat(options.path).catch(() => undefined)
    if (existing && !existing.isFile())
      return yield { subject, is: 'bad', says: 'is no regular file', help: 'Correct path.' }
    await access(existing ? options.path : dirname(options.path), constants.W_OK)
    yield { subject, is: 'good', says: existing ? 'can be written' : 'can be made' }
  } catch (error) {
    yield { subject, is: 'bad', says: (error as Error).message, help }
  }
}

/** Lines appended to a file. */
export const fileTarget: Target<FileTargetOptions> = {
  kind: 'file',
  title: 'File',
  options: fileTargetOptions,
  formats,
  receipt: ({ sync }) => (sync ? 'stored' : 'handed-over'),
  repeatWindow: () => 1 << 20,
  check,
  open: (context) => Promise.resolve(new FileDelivery(context)),
}
