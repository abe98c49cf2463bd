import { isBusy } from './open-work.ts'
import { complaints, isGood } from './report.ts'
import { ticketComplaints } from './tickets.ts'
import type { DemoResult } from './run-demo.ts'

/** The result as one object, for programs. */
export function told(result: DemoResult, seed: number, directory: string): Readonly<Record<string, unknown>> {
  const { verdict, kills, ms, exitStatus } = result
  const total = (of: 'issued' | 'collected' | 'superseded' | 'silent'): number =>
    verdict.sources.reduce((sum, source) => sum + source[of], 0)
  const worst = (of: 'lost' | 'doubled' | 'repeated' | 'altered' | 'unknown'): number =>
    verdict.targets.reduce((sum, target) => sum + target[of], 0)
  const { tickets } = result
  const ok = isGood(result) && tickets.ok
  return {
    ok,
    seed,
    issued: total('issued'),
    collected: total('collected'),
    superseded: total('superseded'),
    silent: total('silent'),
    lost: worst('lost'),
    doubled: worst('doubled'),
    repeated: worst('repeated'),
    altered: worst('altered'),
    unknown: worst('unknown'),
    sources: verdict.sources,
    targets: verdict.targets.map(({ examples, ...target }) => (ok ? target : { ...target, examples })),
    tickets,
    kills: kills.map((kill) => ({ ...kill, counts: isBusy(kill) })),
    exitStatus,
    ms,
    ...(!ok && { complaints: [...complaints(result), ...ticketComplaints(tickets)], directory }),
  }
}
