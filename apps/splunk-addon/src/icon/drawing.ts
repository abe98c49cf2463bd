/** Red, green, blue and opacity, each 0 to 1. */
type Colour = readonly [number, number, number, number]

const ground: Colour = [0.05, 0.28, 0.45, 1]
const line: Colour = [1, 1, 1, 1]
const stream: Colour = [0.45, 0.78, 0.93, 1]
const nothing: Colour = [0, 0, 0, 0]

const within = (value: number, from: number, to: number): boolean => value >= from && value <= to

/** Whether a point lies in a square with round corners that fills the picture. */
function onTile(x: number, y: number): boolean {
  const radius = 0.2
  const dx = Math.max(Math.abs(x - 0.5) - (0.5 - radius), 0)
  const dy = Math.max(Math.abs(y - 0.5) - (0.5 - radius), 0)
  return Math.hypot(dx, dy) <= radius
}

/** A suspension bridge: two towers, a deck, and a cable that hangs between them as a parabola. */
function onBridge(x: number, y: number): boolean {
  const tower = (within(x, 0.26, 0.32) || within(x, 0.68, 0.74)) && within(y, 0.2, 0.72)
  const deck = within(x, 0.08, 0.92) && within(y, 0.56, 0.62)
  const between = within(x, 0.29, 0.71) && Math.abs(y - (0.5 - 0.27 * ((x - 0.5) / 0.21) ** 2)) < 0.028
  const outer =
    (within(x, 0.08, 0.29) || within(x, 0.71, 0.92)) && Math.abs(y - (0.23 + 1.5 * (Math.abs(x - 0.5) - 0.21))) < 0.028
  return tower || deck || between || outer
}

const onStream = (x: number, y: number): boolean =>
  within(x, 0.12, 0.88) && Math.abs(y - 0.8 - 0.03 * Math.sin(x * 20)) < 0.025

/** The picture at a point of the unit square, from the upper left. The plain one has no ground, for dark pages. */
export function colourAt(x: number, y: number, plain: boolean): Colour {
  if (onBridge(x, y)) return line
  if (onStream(x, y)) return stream
  return !plain && onTile(x, y) ? ground : nothing
}
