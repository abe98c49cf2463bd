/** What has the focus; for an entry of a menu, which is gone when it is chosen, the button that opened the menu. */
export function focusedNow(): Element | null {
  const focused = document.activeElement
  const menu = focused?.closest('[role="menu"]')
  return menu ? document.querySelector('[aria-haspopup][aria-expanded="true"]') : focused
}

/** Gives the focus back to what had it; to the heading of the page where that is gone. */
export function focusAgain(before: Element | null): void {
  const usable = before instanceof HTMLElement && before.isConnected && before !== document.body
  const to = usable ? before : document.querySelector<HTMLElement>('main h1')
  to?.focus()
}

/** The same, where nothing else has the focus: keyboards would begin at the top of the page. */
export function keepFocus(before: Element | null = null): void {
  if (document.activeElement === null || document.activeElement === document.body) focusAgain(before)
}
