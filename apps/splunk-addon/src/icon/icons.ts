import { colourAt } from './drawing.ts'
import { pngImage } from './png.ts'

/** Points that are looked at in each direction of a pixel, for smooth edges. */
const samples = 4

function drawn(size: number, plain: boolean): Buffer {
  const rgba = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) rgba.set(pixel(x, y, size, plain), (y * size + x) * 4)
  return pngImage(size, size, rgba)
}

/** Mean of the points of a pixel; colours weigh by their opacity. */
function pixel(x: number, y: number, size: number, plain: boolean): number[] {
  const sum = [0, 0, 0, 0]
  for (let at = 0; at < samples * samples; at++) {
    const px = (x + ((at % samples) + 0.5) / samples) / size
    const py = (y + (Math.floor(at / samples) + 0.5) / samples) / size
    const [red, green, blue, alpha] = colourAt(px, py, plain)
    sum[0] = (sum[0] as number) + red * alpha
    sum[1] = (sum[1] as number) + green * alpha
    sum[2] = (sum[2] as number) + blue * alpha
    sum[3] = (sum[3] as number) + alpha
  }
  const alpha = sum[3] as number
  const of = (channel: number): number => (alpha === 0 ? 0 : Math.round((255 * (sum[channel] as number)) / alpha))
  return [of(0), of(1), of(2), Math.round((255 * alpha) / (samples * samples))]
}

/** Icons by their paths in the package. */
export const icons = (): ReadonlyMap<string, Buffer> =>
  new Map([
    ['static/appIcon.png', drawn(36, false)],
    ['static/appIcon_2x.png', drawn(72, false)],
    ['static/appIconAlt.png', drawn(36, true)],
    ['static/appIconAlt_2x.png', drawn(72, true)],
  ])
