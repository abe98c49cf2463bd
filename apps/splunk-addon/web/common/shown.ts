import { type RefObject, useEffect, useRef } from 'react'

/** Brings what appears into view: the person may have scrolled past where it stands. */
export function useShown(): RefObject<HTMLDivElement> {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Some browsers answer with a promise, which React would take for a way to clean up.
    ref.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return ref
}
