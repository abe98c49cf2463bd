import type { Clock } from '../clock.ts'
import type { Disk } from '../disk/disk.ts'
import { DirectBuffer } from '../buffer/direct-buffer.ts'
import { type BufferReport, RecordBuffer } from '../buffer/record-buffer.ts'
import type { RouteBuffer } from '../buffer/route-buffer.ts'
import { type LeftBehind, waitingIn } from '../buffer/left-behind.ts'
import type { LaneTail } from '../buffer/recover.ts'
import { adopt } from '../lanes/adopt.ts'
import {
  type Hole,
  isLaneFolder,
  laneFolder,
  type LaneLimits,
  LaneState,
  type OpenedLane,
} from '../lanes/lane-state.ts'
import { laneMinute, reached, unsettle } from '../lanes/unsettle.ts'

export interface RecoveryOptions {
  readonly disk: Disk
  readonly directory: string
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly routes: readonly {
    readonly name: string
    readonly targets: readonly string[]
    readonly limitBytes: number
  }[]
  readonly segmentBytes: number
  /** Nothing is buffered on disk: lanes settle what every target has. */
  readonly direct: boolean
  readonly limits: LaneLimits
  /** What was found damaged, for a person, and what became of it. */
  readonly found: (trouble: string) => void
  /** Writing to a route's buffer fails, or works again. */
  readonly trouble: (route: string, reason: string | undefined) => void
}

export interface Recovered {
  readonly lanes: Map<string, LaneState>
  readonly buffers: Map<string, RouteBuffer>
  /** The lanes' own time, in minutes. */
  readonly minute: number
  readonly leftBehind: readonly LeftBehind[]
}

export const lanesFolder = (directory: string): string => `${directory}/lanes`
const routesFolder = (directory: string): string => `${directory}/routes`
export const routeFolder = (directory: string, route: string): string => `${routesFolder(directory)}/${route}`

const nothing: BufferReport = { damagedBytes: 0, damagedFiles: [], holes: [], tails: new Map(), leftBehind: [] }

/** Bytes of the newest frames of a route that stay in memory. */
const memoryBytes = 8 << 20

/**
 * Opens what is on disk and makes lanes and buffers agree: what a buffer has and its lane does not know is noted in the lane; what a
 * lane settled and a buffer lost is taken back in the lane, to be collected again.
 */
export async function recoverState(options: RecoveryOptions): Promise<Recovered> {
  const opened = await openLanes(options)
  const buffers = new Map<string, RouteBuffer>()
  const reports = new Map<string, BufferReport>()
  for (const route of options.routes) {
    const least = Math.max(0, ...[...opened.values()].map((lane) => reached(lane, route.name)))
    const { buffer, report } = await openBuffer(options, route, least)
    buffers.set(route.name, buffer)
    reports.set(route.name, report)
  }
  await takeBack(options, opened, reports)
  const kept = Math.max(0, ...[...opened.values()].map(laneMinute))
  const minute = kept === 0 ? Math.floor(options.clock.now() / 60_000) : kept
  await adoptTails(options, opened, reports, minute)
  for (const buffer of buffers.values()) buffer.adopted()
  const lanes = new Map([...opened].map(([folder, { state }]) => [folder, state]))
  return { lanes, buffers, minute, leftBehind: await leftBehind(options, reports) }
}

/** What targets and routes that are not configured any more had still to get. */
async function leftBehind(
  { disk, directory, routes }: RecoveryOptions,
  reports: ReadonlyMap<string, BufferReport>,
): Promise<LeftBehind[]> {
  const left = [...reports].flatMap<LeftBehind>(([route, report]) =>
    report.leftBehind.map((one) => ({ route, ...one })),
  )
  for (const route of await disk.list(routesFolder(directory))) {
    if (routes.some(({ name }) => name === route)) continue
    const events = await waitingIn(disk, routeFolder(directory, route))
    if (events > 0) left.push({ route, events })
  }
  return left
}

async function openLanes({ disk, directory, limits, found }: RecoveryOptions): Promise<Map<string, OpenedLane>> {
  const root = lanesFolder(directory)
  await disk.makeFolder(root)
  const opened = new Map<string, OpenedLane>()
  for (const folder of (await disk.list(root)).filter(isLaneFolder)) {
    const lane = await LaneState.open(disk, `${root}/${folder}`, limits)
    for (const trouble of lane.troubles) found(`lane ${folder}: ${trouble}; records can come again`)
    opened.set(folder, lane)
  }
  return opened
}

async function openBuffer(
  options: RecoveryOptions,
  route: RecoveryOptions['routes'][number],
  least: number,
): Promise<{ buffer: RouteBuffer; report: BufferReport }> {
  const { disk, directory, clock, signal, segmentBytes, found, trouble } = options
  const { name, targets, limitBytes } = route
  if (options.direct) return { buffer: new DirectBuffer({ targets, from: least, limitBytes }), report: nothing }
  const { buffer, report } = await RecordBuffer.open(
    {
      disk,
      folder: routeFolder(directory, name),
      clock,
      signal,
      targets,
      segmentBytes,
      limitBytes,
      memoryBytes,
      trouble: (reason) => trouble(name, reason),
    },
    least,
  )
  for (const file of report.damagedFiles)
    found(`${file} is damaged, and so is the other of the two; events can come again`)
  if (report.damagedBytes > 0) found(`buffer of route ${name}: ${report.damagedBytes} bytes are damaged`)
  return { buffer, report }
}

async function takeBack(
  { found }: RecoveryOptions,
  lanes: ReadonlyMap<string, OpenedLane>,
  reports: ReadonlyMap<string, BufferReport>,
): Promise<void> {
  const holes = [...reports].flatMap(([route, { holes: list }]) => list.map((hole): Hole => ({ route, ...hole })))
  if (holes.length === 0) return
  for (const [folder, lane] of lanes) {
    const missing = await unsettle(lane, holes)
    if (missing > 0) found(`lane ${folder}: ${missing} records were lost from a buffer; they are collected again`)
  }
}

async function adoptTails(
  { disk, directory, limits }: RecoveryOptions,
  lanes: Map<string, OpenedLane>,
  reports: ReadonlyMap<string, BufferReport>,
  minute: number,
): Promise<void> {
  const byLane = new Map<string, Map<string, LaneTail>>()
  for (const [route, { tails }] of reports)
    for (const [lane, tail] of tails)
      byLane.set(lane, (byLane.get(lane) ?? new Map<string, LaneTail>()).set(route, tail))
  for (const [lane, tails] of byLane) {
    const folder = laneFolder(lane)
    const opened = lanes.get(folder) ?? (await LaneState.open(disk, `${lanesFolder(directory)}/${folder}`, limits))
    lanes.set(folder, opened)
    await adopt(opened.state, tails, minute)
  }
}
