import { getThemeOptions, getUserTheme } from '@splunk/splunk-utils/themes'

export interface Theme {
  readonly family: 'enterprise' | 'prisma'
  readonly colorScheme: 'light' | 'dark'
  readonly density: 'compact' | 'comfortable'
}

/** How long the page waits for what the person has chosen in Splunk, in milliseconds. */
const withinMs = 3000

/** The theme that the person has chosen; light where Splunk does not tell. */
export async function chosenTheme(): Promise<Theme> {
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('light'), withinMs))
  const name = await Promise.race([getUserTheme().catch(() => 'light'), late])
  return { ...(getThemeOptions(name) as Theme), density: 'comfortable' }
}
