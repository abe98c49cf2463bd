/** Wakes those who wait for a change. What changes between a look and the wait is not missed: the look takes the version. */
export class Notifier {
  version = 0
  private readonly waiting = new Set<() => void>()

  notify(): void {
    this.version++
    for (const wake of this.waiting) wake()
  }

  /** Resolves when the version is another than `seen`, or a signal is aborted. */
  wait(seen: number, ...signals: readonly AbortSignal[]): Promise<void> {
    if (this.version !== seen || signals.some((s) => s.aborted)) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake)
        for (const signal of signals) signal.removeEventListener('abort', wake)
        resolve()
      }
      this.waiting.add(wake)
      for (const signal of signals) signal.addEventListener('abort', wake)
    })
  }
}
