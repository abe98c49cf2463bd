import { access, constants, readdir, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Finding } from '@siembridge/core'
import type { Config } from '@siembridge/core/config'
import { bytesText } from './texts.ts'

const leastFree = 1 << 30

/** Node, the state directory, and room on its disk. */
export async function* machineFindings(config: Config): AsyncGenerator<Finding> {
  yield nodeFinding()
  const folder = await existing(config.state)
  yield await writable(config.state, folder)
  yield await room(config, folder)
  yield await damaged(config.state)
}

function nodeFinding(): Finding {
  const subject = 'Node.js'
  const says = `${process.version} on ${process.platform} ${process.arch}`
  return { subject, is: 'good', says }
}

/** The folder itself, or the nearest one above it that is there. */
async function existing(path: string): Promise<string> {
  const there = await stat(path).catch(() => undefined)
  return there || dirname(path) === path ? path : existing(dirname(path))
}

async function writable(state: string, folder: string): Promise<Finding> {
  const subject = `state directory ${state}`
  const help = `Give it to the account of the agent: chown siembridge ${state}; chmod 700 ${state}`
  try {
    await access(folder, constants.W_OK)
    const open = folder === state && process.platform !== 'win32' && ((await stat(state)).mode & 0o077) !== 0
    if (open) return { subject, is: 'warning', says: 'others may look into it', help }
    return { subject, is: 'good', says: folder === state ? 'can be written' : 'can be made' }
  } catch (error) {
    return { subject, is: 'bad', says: (error as NodeJS.ErrnoException).code ?? 'cannot be written', help }
  }
}

async function room({ routes }: Config, folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const wanted = routes.reduce((sum, { limit }) => sum + limit, 0)
  const subject = 'room on its disk'
  const says = `${bytesText(free)} free; buffers may take ${bytesText(wanted)}`
  if (free > wanted) return { subject, is: 'good', says }
  const help = 'Free space, move `state` to a larger disk, or give routes a smaller `limit`.'
  return { subject, is: free < leastFree ? 'bad' : 'warning', says, help }
}

/** What was kept aside because it could not be read. */
async function damaged(state: string): Promise<Finding> {
  const subject = 'condition of the state'
  const lanes = await readdir(join(state, 'lanes'), { recursive: true }).catch(() => [])
  const aside = lanes.filter((name) => name.includes('.damaged-'))
  if (aside.length === 0) return { subject, is: 'good', says: 'nothing was found damaged' }
  const help = 'Look at the disk (dmesg, smartctl). The files are not needed any more: report them or delete them.'
  return { subject, is: 'warning', says: `${aside.length} damaged files were kept aside`, help }
}
