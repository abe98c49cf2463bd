import { inflateSync } from 'node:zlib'
import { iconSizes } from '@siembridge/splunk/lint'
import { describe, expect, test } from 'vitest'
import { icons } from './icons.ts'

describe('icons', () => {
  test.for([...icons()])('%s is a whole picture of its size', ([path, png]) => {
    const [width, height] = iconSizes[path] as readonly [number, number]
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([width, height])
    const at = png.indexOf('IDAT')
    const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
    expect(pixels).toHaveLength(height * (1 + width * 4))
    const opaque = pixels.filter(
      (_, byte) => byte % (1 + width * 4) !== 0 && (byte % (1 + width * 4)) % 4 === 0 && (pixels[byte] ?? 0) > 0,
    )
    expect(opaque.length / (width * height)).toBeGreaterThan(0.1)
  })
})
