// How heavy the pages are and how soon they show something: `npm run pages:weight [-- --json]`.
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parseArgs } from 'node:util'
import { fewInputs, seed } from './seed.ts'
import { chromiumPath, Stage } from './stage.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
if (chromiumPath === undefined) {
  process.stderr.write(
    'pages:weight: there is no Chromium; install it (apt-get install chromium), or name it in SIEMBRIDGE_CHROMIUM\n',
  )
  process.exit(1)
}

interface Row {
  readonly page: string
  /** Files and bytes of a first visit, without what splunkd answers. */
  readonly files: number
  readonly bytes: number
  readonly gzip: number
  readonly brotli: number
  /** Milliseconds from the click to the first text, to the page's own heading, and to its contents; medians of five visits. */
  readonly firstPaintMs: number
  readonly headingMs: number
  readonly contentsMs: number
}

/** What tells that a page has its contents. */
const contents = { inputs: 'table', configuration: 'table', health: 'table', migration: 'main ul' } as const
const visits = 5

const stage = await Stage.open(false)
const rows: Row[] = []
try {
  await seed(stage.site, fewInputs)
  for (const [name, selector] of Object.entries(contents)) {
    const files = new Map<string, Buffer>()
    const times: [number, number, number][] = []
    for (let visit = 0; visit < visits; visit++) {
      const page = await stage.signedIn()
      const loading: Promise<unknown>[] = []
      page.on('response', (response) => {
        if (response.url().includes('/splunkd/') || response.status() !== 200) return
        loading.push(response.body().then((body) => files.set(response.url(), body)))
      })
      const began = Date.now()
      await page.goto(`${stage.site.splunk.address.web}/en-US/app/siembridge_ms/${name}`, { waitUntil: 'commit' })
      await page.getByRole('heading', { level: 1 }).waitFor()
      const headingMs = Date.now() - began
      await page.locator(selector).first().waitFor()
      const contentsMs = Date.now() - began
      const paint = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
      times.push([Number(paint), headingMs, contentsMs])
      await Promise.all(loading)
      await page.context().close()
    }
    const whole = [...files.values()]
    const median = (at: 0 | 1 | 2): number =>
      Math.round(times.map((time) => time[at]).toSorted((a, b) => a - b)[2] ?? 0)
    rows.push({
      page: name,
      files: whole.length,
      bytes: whole.reduce((sum, body) => sum + body.length, 0),
      gzip: whole.reduce((sum, body) => sum + gzipSync(body).length, 0),
      brotli: whole.reduce((sum, body) => sum + brotliCompressSync(body).length, 0),
      firstPaintMs: median(0),
      headingMs: median(1),
      contentsMs: median(2),
    })
  }
} finally {
  await stage.close()
}

if (values.json) process.stdout.write(`${JSON.stringify({ outside: stage.outside, pages: rows }, undefined, 2)}\n`)
else {
  process.stdout.write('page             files      bytes       gzip     brotli  first paint    heading   contents\n')
  for (const row of rows)
    process.stdout.write(
      `${row.page.padEnd(14)}${String(row.files).padStart(8)}${[row.bytes, row.gzip, row.brotli].map((bytes) => `${Math.round(bytes / 1024)} KiB`.padStart(11)).join('')}${[row.firstPaintMs, row.headingMs, row.contentsMs].map((ms, at) => `${ms} ms`.padStart(at === 0 ? 13 : 11)).join('')}\n`,
    )
  process.stdout.write(`from outside of Splunk: ${stage.outside.length === 0 ? 'nothing' : stage.outside.join(', ')}\n`)
}
if (stage.outside.length > 0) process.exitCode = 1
