// Pictures of every page in both themes, for docs/splunk-pages.md: `npm run screenshots [-- --out FOLDER] [NAME…]`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { seedOlder } from './older.ts'
import { scenes } from './scenes.ts'
import { fewInputs, seed } from './seed.ts'
import { chromiumPath, Stage } from './stage.ts'

/** What the docs show. */
const shown = ['inputs', 'configuration-accounts', 'account-test', 'health', 'migration']

const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: fileURLToPath(new URL('../../../docs/splunk-pages', import.meta.url)) } },
  allowPositionals: true,
})
if (chromiumPath === undefined) {
  process.stderr.write(
    'screenshots: there is no Chromium; install it (apt-get install chromium), or name it in SIEMBRIDGE_CHROMIUM\n',
  )
  process.exit(1)
}

mkdirSync(values.out, { recursive: true })
const stage = await Stage.open(false)
try {
  await seed(stage.site, fewInputs)
  await seedOlder(stage.site)
  for (const theme of ['light', 'dark'] as const) {
    const page = await stage.signedIn('admin', theme === 'dark')
    await page.setViewportSize({ width: 1180, height: 760 })
    for (const name of positionals.length > 0 ? positionals : shown) {
      const scene = scenes[name]
      if (!scene) throw new Error(`there is no scene ${name}; there are ${Object.keys(scenes).join(', ')}`)
      await scene(stage, page)
      await page.evaluate('document.activeElement?.blur(); document.fonts.ready')
      const path = join(values.out, `${name}-${theme}.png`)
      await page.screenshot({ path, animations: 'disabled' })
      process.stdout.write(`${path}\n`)
    }
  }
} finally {
  await stage.close()
}
