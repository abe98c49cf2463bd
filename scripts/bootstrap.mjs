// Every `npm run …` passes through here, so that a machine with nothing but Node 20 and npm can run it: pnpm is fetched
// by npm, the workspace is installed from the lockfile, and then the real script (scripts/tasks.json) runs through pnpm,
// which puts the Node of the lockfile first on PATH.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const PNPM = '12.21.0'
const MIN_NODE = 20
// Native TypeScript (type stripping without a flag) came with 22.18: nodejs.org/api/typescript.html
const MIN_OWN_NODE = [22, 18]

const say = (text) => process.stderr.write(`siembridge: ${text}\n`)
const fail = (text) => {
  say(text)
  process.exit(1)
}

/** npm sets these for the scripts it runs; pnpm and turbo would take them for settings of their own. */
function cleanEnvironment() {
  const env = {}
  for (const [name, value] of Object.entries(process.env))
    if (!/^npm_(config|package|lifecycle|command|execpath|node_execpath)/i.test(name)) env[name] = value
  return { ...env, CI: process.env.CI ?? '1', TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
}

function pnpm(args, options = {}) {
  // `npm exec` starts pnpm in the folder it is called from, so the project's root is given as cwd.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const command = ['exec', '--yes', `--package=pnpm@${PNPM}`, '--', 'pnpm', ...args]
  const shell = process.platform === 'win32'
  return spawnSync(npm, command, { cwd: root, env: cleanEnvironment(), stdio: 'inherit', shell, ...options })
}

/** The newest of the files that decide what is installed, against the stamp that the last install left. */
function installed() {
  const stamp = join(root, 'node_modules', '.siembridge-installed')
  if (!existsSync(stamp)) return false
  const at = readFileSync(stamp, 'utf8')
  return at === fingerprint()
}

function fingerprint() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']
  const seen = files.map((f) => (existsSync(join(root, f)) ? readFileSync(join(root, f), 'utf8').length + ':' + hash(join(root, f)) : '-'))
  return [PNPM, process.platform, process.arch, ...seen].join('\n')
}

function hash(path) {
  let h = 0
  for (const c of readFileSync(path, 'utf8')) h = (Math.imul(h, 31) + c.codePointAt(0)) | 0
  return h
}

function removeTracesOfNpmInstall() {
  rmSync(join(root, 'package-lock.json'), { force: true })
  const modules = join(root, 'node_modules')
  if (existsSync(modules) && existsSync(join(modules, '.package-lock.json'))) {
    say('node_modules was made by `npm install`; it is removed, pnpm lays its own')
    rmSync(modules, { recursive: true, force: true })
  }
}

function install() {
  removeTracesOfNpmInstall()
  if (installed()) return
  say(`installing pnpm ${PNPM} and the packages of the lockfile (npm registry only)…`)
  const output = { stdio: ['ignore', 2, 2] }
  const frozen = existsSync(join(root, 'pnpm-lock.yaml')) && !process.env.SIEMBRIDGE_UPDATE_LOCKFILE
  const done = pnpm(['install', frozen ? '--frozen-lockfile' : '--no-frozen-lockfile'], output)
  if (done.status !== 0)
    fail('pnpm could not install the packages; the lines above say why. Nothing was built. Is the npm registry reachable?')
  import('node:fs').then((fs) => fs.writeFileSync(join(root, 'node_modules', '.siembridge-installed'), fingerprint()))
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < MIN_NODE) fail(`Node ${process.versions.node} is too old; install Node ${MIN_NODE} or newer (24 is recommended)`)
  const bringsNode = process.platform === 'linux' && process.arch === 'x64'
  const ownIsEnough = major > MIN_OWN_NODE[0] || (major === MIN_OWN_NODE[0] && minor >= MIN_OWN_NODE[1])
  if (!bringsNode && !ownIsEnough)
    fail(`on ${process.platform} ${process.arch} the tools run on your own Node: ${MIN_OWN_NODE.join('.')} or newer is needed, this is ${process.versions.node}`)
}

const tasks = JSON.parse(readFileSync(join(root, 'scripts', 'tasks.json'), 'utf8'))
const [name, ...rest] = process.argv.slice(2)
if (!Object.hasOwn(tasks, name ?? '')) fail(`no task "${name ?? ''}"; there are: ${Object.keys(tasks).join(', ')}`)
checkNode()
install()
for (const step of tasks[name]) {
  const last = step === tasks[name].at(-1)
  const words = step.split(' ')
  const quiet = !last && name !== 'check' ? { stdio: ['inherit', 2, 2] } : {}
  const done = pnpm(['exec', ...words, ...(last ? rest : [])], quiet)
  if (done.status !== 0) process.exit(done.status ?? 1)
}
