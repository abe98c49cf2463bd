import type { Locator, Page } from 'playwright-core'

/** The document of the page: these functions run in the browser. */
declare const document: { readonly activeElement: never }

/** Stops of the tabulator that a page may have before the one that is wanted. */
const most = 120

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement)

const hasFocus = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element.contains(document.activeElement))

/** A person with a keyboard and nothing else. */
export class Keyboard {
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Goes on with the tabulator until something has the focus. */
  async to(locator: Locator): Promise<void> {
    await locator.waitFor()
    for (let stops = 0; stops < most; stops++) {
      if (await isFocused(locator)) return
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`the tabulator does not come to ${String(locator)}`)
  }

  async press(locator: Locator, key = 'Enter'): Promise<void> {
    await this.to(locator)
    await this.page.keyboard.press(key)
  }

  async fill(locator: Locator, text: string): Promise<void> {
    await this.to(locator)
    await this.page.keyboard.press('ControlOrMeta+a')
    await this.page.keyboard.insertText(text)
  }

  /** Opens a list of choices, and goes down to one of them. */
  async choose(list: Locator, option: RegExp): Promise<void> {
    await this.press(list)
    await this.down(this.page.getByRole('option', { name: option }))
  }

  /** Opens a menu, and goes down to one of its entries. */
  async menu(button: Locator, entry: RegExp): Promise<void> {
    await this.press(button)
    await this.down(this.page.getByRole('menuitem', { name: entry }))
  }

  private async down(entry: Locator): Promise<void> {
    await entry.waitFor()
    for (let steps = 0; steps < most; steps++) {
      if (await hasFocus(entry)) return await this.page.keyboard.press('Enter')
      await this.page.keyboard.press('ArrowDown')
    }
    throw new Error(`the arrow keys do not come to ${String(entry)}`)
  }
}
