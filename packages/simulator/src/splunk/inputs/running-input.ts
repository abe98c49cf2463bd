import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { EventStream, type StreamedEvent } from '../xml/event-stream.ts'
import { type ChildOptions, endChild, startStreaming, type StreamingChild } from './child.ts'

export interface RunningInputOptions extends ChildOptions {
  readonly document: Buffer
  /** Whether standard input is closed behind the document. */
  readonly closesInput: boolean
  readonly mode: 'simple' | 'xml'
  onEvent(event: StreamedEvent): void
  onLine(line: string): void
  /** The stream is not what the mode says. */
  onBroken(problem: string): void
}

/** A program of a modular input that streams events. */
export class RunningInput {
  /** Resolves with the exit status, or the signal, once the program is gone and its pipe is read. */
  readonly exited: Promise<number | string>
  private readonly child: StreamingChild
  private readonly stdout: Readable
  private readonly stream: EventStream
  private readonly options: RunningInputOptions
  private broken = false

  constructor(options: RunningInputOptions) {
    this.options = options
    const { child, stdout } = startStreaming(options)
    this.child = child
    this.stdout = stdout
    this.stream = new EventStream((event) => options.onEvent(event))
    this.child.stdin.on('error', () => {})
    this.stdout.on('error', () => {})
    if (options.closesInput) this.child.stdin.end(options.document)
    else this.child.stdin.write(options.document)
    createInterface({ input: this.child.stderr }).on('line', (line) => options.onLine(line))
    this.stdout.on('data', (bytes: Buffer) => this.take(bytes))
    const read = new Promise((resolve) => stdout.once('close', resolve))
    this.exited = once(this.child, 'close').then(
      async ([status, signal]: (number | string | null)[]) => {
        await read
        return status ?? signal ?? 'unknown'
      },
      () => 127,
    )
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** Reads nothing more, so that the pipe fills and the program has to wait: an index queue that blocks. */
  block(): void {
    this.stdout.pause()
  }

  unblock(): void {
    this.stdout.resume()
  }

  /** Closes the reading end of the pipe: what is in it is lost, and the program meets EPIPE. */
  breakPipe(): void {
    this.stdout.destroy()
  }

  end(graceMs: number): Promise<'ended' | 'killed'> {
    return endChild(this.child, graceMs)
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }

  /** Whether the program has begun an event and not ended it. */
  get insideEvent(): boolean {
    return !this.broken && this.stream.insideEvent
  }

  private take(bytes: Buffer): void {
    if (this.broken) return
    if (this.options.mode === 'simple') return this.takeLines(bytes)
    try {
      this.stream.write(bytes)
    } catch (error) {
      this.broken = true
      this.options.onBroken((error as Error).message)
    }
  }

  private rest = ''
  private takeLines(bytes: Buffer): void {
    const lines = (this.rest + bytes.toString('utf8')).split('\n')
    this.rest = lines.pop() ?? ''
    for (const data of lines) if (data !== '') this.options.onEvent({ data, unbroken: false, done: false })
  }
}
