// The lock file of slots is a contract with everybody's rules and parsers: it may only grow. Compares it with the one of
// the commit before, or of the commit that the first argument names.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brokenPromises } from '@siembridge/engine/lock'

type Lock = Parameters<typeof brokenPromises>[0]

const root = fileURLToPath(new URL('..', import.meta.url))
const path = 'packages/engine/src/slots.lock.json'
const [, , commit = 'HEAD^'] = process.argv

function committed(): Lock | undefined {
  try {
    const text = execFileSync('git', ['show', `${commit}:${path}`], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return JSON.parse(text) as Lock
  } catch {
    return undefined
  }
}

const before = committed()
const broken =
  before === undefined ? [] : brokenPromises(before, JSON.parse(readFileSync(`${root}${path}`, 'utf8')) as Lock)
for (const promise of broken) process.stderr.write(`lock: ${promise}\n`)
if (broken.length > 0) process.exitCode = 1
else if (before === undefined)
  process.stdout.write(`lock: ${commit} has no lock file of slots; nothing to compare with\n`)
else process.stdout.write(`lock: every promise of ${commit} is kept\n`)
