import { SiembridgeError } from '@siembridge/core'
import { type ConsoleApi, isCode } from './api.ts'
import { paths } from './paths.ts'

const betweenLooks = 2000
const mostLooks = 600

/**
 * Deploys what waits, and waits until that is done. Another deploy that is running (409/1002) is waited for first, for it may
 * have begun before our log sources were there.
 */
export async function deploy(api: ConsoleApi): Promise<void> {
  for (;;) {
    const ours = await begun(api)
    const busy = await isBusy(api)
    if (busy) await untilIdle(api)
    // Refused although none is running: there is nothing to deploy.
    if (ours || !busy) return
  }
}

async function begun(api: ConsoleApi): Promise<boolean> {
  try {
    await api.post(paths.deploy, { type: 'INCREMENTAL' })
    return true
  } catch (error) {
    if (isCode(error, 409, 1002)) return false
    throw error
  }
}

/** The words for what is over are documented, those on the way are many. */
const isBusy = async (api: ConsoleApi): Promise<boolean> =>
  /INITIAT|PROGRESS|QUEUE|PROCESSING|DEPLOYING/.test(String((await api.get(paths.deploy))['status']))

async function untilIdle(api: ConsoleApi): Promise<void> {
  for (let look = 0; look < mostLooks; look++) {
    await api.rest(betweenLooks)
    if (!(await isBusy(api))) return
  }
  throw new SiembridgeError('ApplyUnavailable', 'a deploy that lasts longer than 20 minutes')
}
