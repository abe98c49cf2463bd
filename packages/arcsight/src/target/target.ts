import { access, constants, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding, Target, TargetContext } from '@siembridge/core'
import { countUnread, FolderDelivery } from './deliver.ts'
import { folderOptions, type FolderOptions } from './options.ts'

async function* check({ options }: TargetContext<FolderOptions>): AsyncGenerator<Finding> {
  const { path, max_unread } = options
  const subject = `folder ${path}`
  try {
    if (!(await stat(path)).isDirectory())
      return yield { subject, is: 'bad', says: 'is no folder', help: 'Correct path.' }
    await access(path, constants.W_OK)
    yield { subject, is: 'good', says: 'can be written' }
    for (const entry of await readdir(path, { withFileTypes: true }))
      if (entry.isDirectory()) yield* lag(join(path, entry.name), max_unread)
  } catch (error) {
    const help = `Make the folder ${path}, and let this account write there.`
    yield { subject, is: 'bad', says: (error as Error).message, help }
  }
}

async function* lag(folder: string, max: number): AsyncGenerator<Finding> {
  const unread = await countUnread(folder)
  if (unread < max / 2) return
  yield {
    subject: `folder ${folder}`,
    is: 'warning',
    says: `${unread} documents that no connector has taken (max_unread is ${max})`,
    help: 'Look whether a JSON Folder Follower reads this folder, and renames or deletes what it has read.',
  }
}

/** Documents for an ArcSight JSON Folder Follower: one file an event, one folder a log type. */
export const arcsightFolderTarget: Target<FolderOptions> = {
  kind: 'arcsight-folder',
  title: 'ArcSight JSON Folder Follower',
  options: folderOptions,
  formats: ['flat'],
  receipt: ({ sync }) => (sync ? 'stored' : 'handed-over'),
  repeatWindow: () => 1 << 22,
  check,
  open: (context) => Promise.resolve(new FolderDelivery(context)),
}
