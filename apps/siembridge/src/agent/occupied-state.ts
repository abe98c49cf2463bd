import { type ControlServer, type Handler, listenControl } from '../control/server.ts'
import { socketPath } from '../control/protocol.ts'
import { Lock, touchEveryMs } from '../state/lock.ts'
import { ensureDirectory, unusable } from '../state/state-directory.ts'
import { bringUpToDate } from '../state/state-version.ts'

/** A state directory that this process alone works on. */
export interface OccupiedState {
  /** What was done to bring it to the form of this version. */
  readonly migrated: string | undefined
  release(): Promise<void>
}

function acquired(folder: string, socket: string): Lock {
  try {
    return Lock.acquire(folder, socket)
  } catch (error) {
    return unusable(folder, error)
  }
}

/** Throws `StateUnusable`, `AgentRunning`, `StateNewer` or `StateVersionUnreadable`; the directory is untouched then. */
export async function occupy(folder: string, handle: Handler): Promise<OccupiedState> {
  ensureDirectory(folder)
  const socket = socketPath(folder)
  const lock = acquired(folder, socket)
  let control: ControlServer | undefined
  try {
    const migrated = bringUpToDate(folder, Date.now())
    control = await listenControl(socket, handle)
    const touching = setInterval(() => lock.touch(), touchEveryMs)
    touching.unref()
    return {
      migrated,
      release: async () => {
        clearInterval(touching)
        await control?.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    return unusable(folder, error)
  }
}
