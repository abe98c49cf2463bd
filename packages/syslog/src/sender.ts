/** A way to a receiver. */
export interface SyslogSender {
  /** Sends messages, one a line, each ended by a line feed. Resolves when the next may follow. Throws SiembridgeError. */
  send(lines: Buffer): Promise<void>
  /** Flushes and says good-bye. Throws SiembridgeError where the receiver went away before. */
  close(): Promise<void>
  /** Ends without waiting for anything. */
  abort(): void
  /** Messages that were left out because no datagram can hold them. */
  readonly leftOut: number
}
