import { readLsx } from '../lsx/read.ts'
import type { Lsx } from '../lsx/model.ts'
import { writeLsx } from '../lsx/write.ts'
import { dsms, type DsmKey } from '../native/dsms.ts'
import { evaluate, type LsxEvent, type Setting } from './event.ts'
import { Compiled } from './pattern.ts'
import { presets } from './switches.ts'
import { evaluateLeef } from './universal-leef.ts'

const read = new Map<DsmKey, { readonly lsx: Lsx; readonly compiled: Compiled }>()

function readingOf(key: DsmKey) {
  const known = read.get(key)
  if (known) return known
  const { lsx } = readLsx(`${key} (as documented)`, writeLsx(dsms[key].reading))
  if (!lsx) throw new RangeError(`the reading of ${key} is no extension`)
  const made = { lsx, compiled: new Compiled() }
  read.set(key, made)
  return made
}

/** What a shipped DSM makes of a payload, as far as IBM's page on it tells. */
export function evaluateShipped(key: DsmKey, payload: string, setting: Setting): LsxEvent {
  // The page on Azure Platform shows both: LEEF of Azure Log Integration and JSON of Event Hubs.
  if (key === 'azure-platform' && payload.includes('LEEF:')) return evaluateLeef(payload, setting, presets)
  const { lsx, compiled } = readingOf(key)
  return evaluate(lsx, compiled, payload, setting, presets)
}
