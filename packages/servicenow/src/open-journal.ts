import type { TargetContext } from '@siembridge/core'
import { Journal } from '@siembridge/sync'

/** The journal in the target's folder. Throws where the host gives no folder: a state target cannot work without. */
export function openJournal({
  folder,
  clock,
  name,
}: Pick<TargetContext<unknown>, 'folder' | 'clock' | 'name'>): Promise<Journal> {
  if (!folder) throw new Error(`target ${name} needs a state directory: it must know which tickets it has made`)
  return Journal.open({ ...folder, now: () => clock.now() })
}
