import { type RefObject, useEffect, useRef } from 'react'

/** Brings what appears into view: the person may have scrolled past where it stands. */
export function useShown(): RefObject<HTMLDivElement> {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Browsers answer a promise here or nothing.
    void ref.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return ref
}
