// Every `npm run …` passes through here, so that a machine with nothing but Node 20 and npm can run it: pnpm is fetched
// by npm, the workspace is installed from the lockfile, and then the steps of scripts/tasks.json run through pnpm, which
// puts the Node of the lockfile first on PATH.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.siembridge-installed')
const PNPM = '12.21.0'
const MIN_NODE = 20
// Native TypeScript (type stripping without a flag) came with 22.18: nodejs.org/api/typescript.html
const MIN_OWN_NODE = [22, 18]

const say = (text) => process.stderr.write(`siembridge: ${text}\n`)
const fail = (text) => {
  say(text)
  process.exit(1)
}

// npm sets variables for the scripts that it runs, which pnpm and turbo would take for settings of their own. What a
// person may have set to reach the registry stays.
const ofNpm = /^npm_(config|package|lifecycle|command|execpath|node_execpath)/i
const ofPerson =
  /^npm_config_(registry|userconfig|globalconfig|cache|ca|cafile|strict_ssl|proxy|https?_proxy|no_?proxy|@.*|\/\/.*|.*_auth.*)$/i

function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !ofNpm.test(name) || ofPerson.test(name))
  const env = Object.fromEntries(kept)
  return { ...env, CI: process.env.CI ?? '1', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
}

/** Runs pnpm in the root of the project. `--yes` wins over `yes=false` in somebody's .npmrc. */
function pnpm(args, stdio = 'inherit') {
  const windows = process.platform === 'win32'
  const command = ['exec', '--yes', `--package=pnpm@${PNPM}`, '--', 'pnpm', ...args]
  const done = spawnSync(windows ? 'npm.cmd' : 'npm', command, {
    cwd: root,
    env: cleanEnvironment(),
    stdio,
    shell: windows,
  })
  if (done.error) fail(`npm could not be started (${done.error.message}); it comes with Node and must be on PATH`)
  return done.status ?? 1
}

/** What decides which packages are installed; the last install left it in the stamp. */
function fingerprint() {
  const hash = createHash('sha256').update([PNPM, process.platform, process.arch].join('\n'))
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(root, name)))
  return hash.digest('hex')
}

const installed = () =>
  existsSync(stamp) && existsSync(join(modules, '.modules.yaml')) && readFileSync(stamp, 'utf8') === fingerprint()

/** `npm install` lays node_modules otherwise, and turbo stops where it finds a second lockfile. */
function removeTracesOfNpmInstall() {
  rmSync(join(root, 'package-lock.json'), { force: true })
  const byNpm = existsSync(join(modules, '.package-lock.json'))
  const byPnpm = existsSync(join(modules, '.modules.yaml'))
  if (!existsSync(modules) || (byPnpm && !byNpm)) return
  say('node_modules was not made by pnpm (by `npm install`?); it is removed and made anew')
  rmSync(modules, { recursive: true, force: true })
}

function install() {
  removeTracesOfNpmInstall()
  if (installed()) return
  say(`installing pnpm ${PNPM} and the packages of the lockfile (npm registry only)…`)
  const lockfile = process.env.SIEMBRIDGE_UPDATE_LOCKFILE ? '--no-frozen-lockfile' : '--frozen-lockfile'
  if (pnpm(['install', lockfile], ['ignore', 2, 2]) !== 0)
    fail(
      'pnpm could not install the packages; the lines above say why. Nothing was built. Is the npm registry reachable?',
    )
  writeFileSync(stamp, fingerprint())
}

function checkNode() {
  const own = process.versions.node
  const [major, minor] = own.split('.').map(Number)
  if (major < MIN_NODE) fail(`Node ${own} is too old; install Node ${MIN_NODE} or newer (24 is recommended)`)
  const bringsNode = process.platform === 'linux' && process.arch === 'x64'
  const enough = major > MIN_OWN_NODE[0] || (major === MIN_OWN_NODE[0] && minor >= MIN_OWN_NODE[1])
  if (bringsNode || enough) return
  const here = `${process.platform} ${process.arch}`
  fail(`on ${here} the tools run on your own Node: ${MIN_OWN_NODE.join('.')} or newer is needed, this is ${own}`)
}

const tasks = JSON.parse(readFileSync(join(root, 'scripts', 'tasks.json'), 'utf8'))
const [name = '', ...rest] = process.argv.slice(2)
if (!Object.hasOwn(tasks, name)) fail(`no task "${name}"; there are: ${Object.keys(tasks).join(', ')}`)
checkNode()
install()
const steps = tasks[name]
// What comes before the last step makes ready for it: standard output is the last step's alone.
for (const [at, step] of steps.entries()) {
  const last = at === steps.length - 1
  const status = pnpm(['exec', ...step.split(' '), ...(last ? rest : [])], last ? 'inherit' : ['inherit', 2, 2])
  if (status === 0) continue
  if (!last) say(`\`${step}\` failed; what follows it in \`npm run ${name}\` did not run`)
  process.exit(status)
}
