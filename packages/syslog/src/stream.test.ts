import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { listOf, contextFor, deliverAll, never, open, parcelOf } from '../testing/context.ts'
import { read, Receiver } from '../testing/receiver.ts'
import { syslogTarget } from './index.ts'

const delivered = { all: 'delivered' }
const big = 'x'.repeat(60_000)
const tcp = (port: number, more: Record<string, unknown> = {}) => open({ url: `tcp://127.0.0.1:${port}`, ...more })

describe('a receiver that reads', () => {
  test('a parcel is delivered when it was acknowledged a second ago, and not before', async () => {
    await using receiver = await Receiver.open()
    const delivery = await open({ url: `tcp://127.0.0.1:${receiver.port}` }, 1)
    let answered = false
    const receipt = delivery.deliver(parcelOf(['a', 'b']), never).finally(() => (answered = true))
    while (receiver.lines.length < 2) await rest(5)
    expect(answered).toBe(false)
    expect(await receipt).toEqual(delivered)
    await delivery.close()
  })

  test('or when half a window followed it', async () => {
    await using receiver = await Receiver.open()
    // Time hardly passes: nothing grows old.
    const context = contextFor({ url: `tcp://127.0.0.1:${receiver.port}`, window_bytes: '128KiB' })
    const sleep = (_: number, signal?: AbortSignal): Promise<void> => rest(1, undefined, { signal })
    const clock = { ...context.clock, elapsed: () => performance.now() / 20, sleep }
    const delivery = await syslogTarget.open({ ...context, clock })
    const texts = Array.from({ length: 5 }, (_, n) => `${n} ${'x'.repeat(30_000)}`)
    const answers = texts.map((text) => delivery.deliver(parcelOf([text]), never))
    expect(await answers[0]).toEqual(delivered)
    await delivery.close()
    expect(await Promise.all(answers)).toEqual(texts.map(() => delivered))
    expect(receiver.lines).toEqual(texts)
  })

  test('close delivers what is under way and waits for the good-bye', async () => {
    await using receiver = await Receiver.open()
    const delivery = await tcp(receiver.port)
    const answers = Array.from({ length: 100 }, (_, n) => delivery.deliver(parcelOf([`${n} ${big}`]), never))
    await delivery.close()
    expect(new Set((await Promise.all(answers)).map(({ all }) => all))).toEqual(new Set(['delivered']))
    expect(receiver.lines.map((line) => parseInt(line, 10))).toEqual(Array.from({ length: 100 }, (_, n) => n))
    expect(await delivery.deliver(parcelOf(['late']), never)).toMatchObject({ all: 'retry' })
  })

  test('octet counting', async () => {
    await using receiver = await Receiver.open()
    const delivery = await tcp(receiver.port, { framing: 'octets' })
    void delivery.deliver(parcelOf(['ab', 'ä']), never)
    await delivery.close()
    expect(Buffer.concat(receiver.got[0] ?? []).toString()).toBe('2 ab2 ä')
  })

  test('slowly: no more than the window is under way, and everything arrives', async () => {
    let taken = 0
    await using receiver = await Receiver.open((socket, got) => {
      socket.on('data', (chunk: Buffer) => {
        taken += got.push(chunk)
        socket.pause()
        setTimeout(() => socket.resume(), 1)
      })
    })
    const delivery = await tcp(receiver.port, { window_bytes: '64KiB' })
    const parcels = Array.from({ length: 15 }, (_, n) => [`${n} ${big}`])
    await deliverAll(delivery, parcels, () => undefined, rest)
    await delivery.close()
    expect(taken).toBeGreaterThan(0)
    expect(receiver.lines).toEqual(parcels.flat())
  })
})

describe('a receiver that fails', () => {
  test.for(['reset', 'closed'])('%s in the middle: what is not confirmed comes again', async (how) => {
    await using receiver = await Receiver.open((socket, got, at) => {
      read(socket, got)
      if (at === 0) socket.once('data', () => (how === 'reset' ? socket.resetAndDestroy() : socket.destroy()))
    })
    const delivery = await tcp(receiver.port)
    const answers = await Promise.all([
      delivery.deliver(parcelOf(['a']), never),
      delivery.deliver(parcelOf([big]), never),
    ])
    expect(answers.map(({ all }) => all)).toEqual(['retry', 'retry'])
    expect(answers[0]).toMatchObject({ afterMs: 0, reason: expect.stringContaining(`127.0.0.1:${receiver.port}`) })
    expect(await delivery.deliver(parcelOf(['a'], 1), never)).toEqual(delivered)
    await delivery.close()
  })

  test('a receiver that reads nothing any more is given up', async () => {
    await using receiver = await Receiver.open(
      (socket, got, at) => void (at === 0 ? socket.pause() : read(socket, got)),
    )
    const delivery = await tcp(receiver.port, { window_bytes: '16MiB', stall_timeout: '2s' })
    const answers = await Promise.all(Array.from({ length: 200 }, () => delivery.deliver(parcelOf([big]), never)))
    expect(answers.at(-1)).toMatchObject({ all: 'retry', reason: expect.stringMatching(/took nothing for 2 s/) })
    await delivery.close()
  })

  test('refused: told as such, first at once and then after a while, and delivered when it is back', async () => {
    const { port } = await closedReceiver()
    const delivery = await tcp(port)
    const first = await delivery.deliver(parcelOf(['a']), never)
    expect(first).toMatchObject({ all: 'retry', afterMs: 0, reason: expect.stringContaining('ECONNREFUSED') })
    const again = await delivery.deliver(parcelOf(['a'], 1), never)
    expect(again).toMatchObject({ all: 'retry', reason: expect.stringContaining('ECONNREFUSED') })
    expect(again.afterMs).toBeLessThanOrEqual(1000)
    await using receiver = await Receiver.open(read, { port })
    await deliverAll(delivery, [['a']], () => undefined, rest)
    await delivery.close()
    expect(receiver.lines).toEqual(['a'])
  })

  test('a connection that was closed while idle is opened again without a failure', async () => {
    await using receiver = await Receiver.open()
    const delivery = await tcp(receiver.port)
    expect(await delivery.deliver(parcelOf(['a']), never)).toEqual(delivered)
    receiver.sockets[0]?.end()
    await rest(20)
    expect(await delivery.deliver(parcelOf(['b']), never)).toEqual(delivered)
    await delivery.close()
    expect(receiver.lines).toEqual(['a', 'b'])
  })

  test('a signal ends the waiting', async () => {
    await using receiver = await Receiver.open((socket) => void socket.pause())
    const delivery = await tcp(receiver.port, { stall_timeout: '1h' })
    const controller = new AbortController()
    const answer = delivery.deliver(parcelOf([big]), controller.signal)
    controller.abort()
    expect(await answer).toMatchObject({ all: 'retry' })
    await delivery.close()
  })
})

async function closedReceiver(): Promise<{ port: number }> {
  await using receiver = await Receiver.open()
  return { port: receiver.port }
}

test('whatever breaks: every event arrives at least once and in order, and what counts as delivered arrived', async () => {
  const cut = fc.record({ after: fc.integer({ min: 0, max: 60_000 }), reset: fc.boolean() })
  const input = fc.tuple(
    fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 30 }),
    fc.array(cut, { maxLength: 4 }),
    fc.constantFrom('lines', 'octets'),
  )
  await fc.assert(
    fc.asyncProperty(input, async ([sizes, cuts, framing]) => {
      await using receiver = await Receiver.open((socket, got, at) => {
        let left = cuts[at]?.after ?? Infinity
        socket.on('data', (chunk: Buffer) => {
          got.push(chunk)
          left -= chunk.length
          if (left < 0) void (cuts[at]?.reset ? socket.resetAndDestroy() : socket.destroy())
        })
      })
      const delivery = await open({ url: `tcp://127.0.0.1:${receiver.port}`, window_bytes: '64KiB', framing }, 50)
      const parcels = sizes.map((size, n) => [`<${n}:${'x'.repeat(size)}>`, `<${n}.5:>`])
      const seen = (): Set<string> =>
        new Set(
          receiver.got.flatMap(
            (got) =>
              Buffer.concat(got)
                .toString()
                .match(/<[\d.]+:x*>/g) ?? [],
          ),
        )
      await deliverAll(
        delivery,
        parcels,
        (texts) => texts.forEach((text) => expect(seen()).toContain(text)),
        (ms) => rest(ms / 50),
      )
      await delivery.close()
      expect([...seen()]).toEqual(parcels.flat())
    }),
    { numRuns: 20, endOnFailure: true },
  )
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'siembridge-syslog-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A certificate for 127.0.0.1 that signed itself. */
function certificate(name: string): { cert: string; key: string } {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)]
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      ...ec,
      '-keyout',
      key,
      '-out',
      cert,
      '-subj',
      `/CN=${name}`,
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    ],
    { stdio: 'pipe' },
  )
  return { cert, key }
}

describe.skipIf(!hasOpenssl)(`over TLS${hasOpenssl ? '' : ' (needs openssl on PATH)'}`, () => {
  const material = ({ cert, key }: { cert: string; key: string }) => ({
    cert: readFileSync(cert),
    key: readFileSync(key),
  })

  test('a certificate that is renewed is taken at the next connection', async () => {
    const [old, renewed] = [certificate('old'), certificate('renewed')]
    const ca = join(folder, 'ca.pem')
    writeFileSync(ca, readFileSync(old.cert))
    const delivery = await (async () => {
      await using receiver = await Receiver.open(read, { tls: material(old) })
      const delivery = await open({ url: `tls://127.0.0.1:${receiver.port}`, ca })
      expect(await delivery.deliver(parcelOf(['a']), never)).toEqual(delivered)
      while (receiver.got[0]?.length === 0) await rest(5)
      expect(Buffer.concat(receiver.got[0] ?? []).toString()).toBe('1 a')
      return { delivery, port: receiver.port }
    })()
    await using receiver = await Receiver.open(read, { port: delivery.port, tls: material(renewed) })
    await rest(50)
    expect(await delivery.delivery.deliver(parcelOf(['b']), never)).toMatchObject({
      all: 'retry',
      reason: expect.stringMatching(/TLS/),
    })
    writeFileSync(ca, readFileSync(renewed.cert))
    await deliverAll(delivery.delivery, [['b']], () => undefined, rest)
    await delivery.delivery.close()
    expect(Buffer.concat(receiver.got.at(-1) ?? []).toString()).toBe('1 b')
  })

  test('what is no certificate is told as such', async () => {
    const wrong = join(folder, 'wrong.pem')
    writeFileSync(wrong, 'nothing')
    const delivery = await open({ url: 'tls://127.0.0.1:1', cert: wrong, key: `file:${wrong}` })
    expect(await delivery.deliver(parcelOf(['a']), never)).toMatchObject({
      all: 'retry',
      reason: expect.stringContaining('no usable certificate'),
    })
    await delivery.close()
  })

  test('check tells who signed and whether it is trusted', async () => {
    const own = certificate('checked')
    await using receiver = await Receiver.open(read, { tls: material(own) })
    const check = (more: Record<string, unknown>) =>
      listOf(syslogTarget.check(contextFor({ url: `tls://127.0.0.1:${receiver.port}`, ...more })))
    expect((await check({ ca: own.cert })).map(({ is }) => is)).toEqual(['good', 'warning', 'good'])
    const [, untrusted] = await check({})
    expect(untrusted).toMatchObject({
      is: 'bad',
      says: expect.stringContaining('signed by checked'),
      help: expect.stringContaining('ca'),
    })
  })
})

test('check of a port where nothing listens, and of a name that does not resolve', async () => {
  const { port } = await closedReceiver()
  const check = (url: string) => listOf(syslogTarget.check(contextFor({ url })))
  expect((await check(`tcp://127.0.0.1:${port}`)).at(-1)).toMatchObject({ is: 'bad', help: expect.any(String) })
  expect(await check('tcp://no-such-host.invalid:514')).toMatchObject([{ is: 'bad', help: expect.any(String) }])
})
