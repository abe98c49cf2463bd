import { createStaticURL } from '@splunk/splunk-utils/url'

/** Where Splunk Web leaves its layout. */
const layout = '__splunk_layout__'

/** What `build/api/layout.js` of Splunk Web leaves on the window. */
interface SplunkLayout {
  create(options: object): { getContainerElement(): HTMLElement }
}

declare global {
  interface Window {
    [layout]?: SplunkLayout
  }
}

/**
 * Puts Splunk's bar and the app's navigation above the page, where Splunk Web has them to give and they work: they are made for pages
 * of a template that is no longer to be used. Answers whether they are there; the page stands on its own without them.
 */
export async function addSplunkBar(page: HTMLElement, dark: boolean): Promise<boolean> {
  try {
    await loadScript(createStaticURL(`build/api/layout${dark ? '-dark' : ''}.js`))
    const container = window[layout]?.create({ hideFooter: true }).getContainerElement()
    if (!container) return false
    container.append(page)
    return true
  } catch {
    return false
  }
}

function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src: url, async: true })
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new Error(`${url} is not there`)))
    document.head.append(script)
  })
}
