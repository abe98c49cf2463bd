import { useCallback, useEffect, useRef, useState } from 'react'

/** Something that is read from splunkd: being read, there, or not to be had. What was read last stays while it is read again. */
export interface Loaded<T> {
  readonly value: T | undefined
  readonly error: Error | undefined
  readonly loading: boolean
  readonly reload: () => Promise<void>
}

/** Reads something at once and then every `everyMs`. Pages in the background do not ask. */
export function useLoaded<T>(read: () => Promise<T>, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ value: undefined, error: undefined, loading: true })
  const reading = useRef(read)
  reading.current = read
  const alive = useRef(true)
  const turn = useRef(0)
  const waiting = useRef(0)
  const reload = useCallback(async () => {
    const own = ++turn.current
    const settle = (next: (before: Omit<Loaded<T>, 'reload'>) => Omit<Loaded<T>, 'reload'>): void => {
      if (alive.current && own === turn.current) setState(next)
    }
    waiting.current++
    try {
      const value = await reading.current()
      settle(() => ({ value, error: undefined, loading: false }))
    } catch (error) {
      settle(({ value }) => ({ value, error: error as Error, loading: false }))
    } finally {
      waiting.current--
    }
  }, [])
  useEffect(() => {
    alive.current = true
    void reload()
    if (everyMs === undefined) return () => void (alive.current = false)
    // An answer that takes longer than the interval is waited for: the next turn would take its place for ever.
    const timer = setInterval(() => document.hidden || waiting.current > 0 || void reload(), everyMs)
    return () => {
      alive.current = false
      clearInterval(timer)
    }
  }, [reload, everyMs])
  return { ...state, reload }
}
