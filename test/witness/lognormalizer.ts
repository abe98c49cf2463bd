import { spawnSync } from 'node:child_process'
import { isProblem, readCef } from '@siembridge/formats'
import { Workspace } from '../cli/run.ts'

const installed = (program: string, ...args: string[]): boolean => spawnSync(program, args).error === undefined

export const hasLognormalizer = installed('lognormalizer', '-h')
export const hasRsyslog = installed('rsyslogd', '-v')

/** What a reader found in one line: the header and the keys of the extension. */
export interface Fields {
  readonly header: readonly string[]
  readonly extensions: Readonly<Record<string, string>>
}

/** By our own reader. */
export function ours(line: string): Fields {
  const read = readCef(line)
  if (isProblem(read)) throw new Error(`${read.problem} at ${read.at}: ${line}`)
  const { vendor, product, deviceVersion, classId, name, severity, extensions } = read
  return { header: [vendor, product, deviceVersion, classId, name, String(severity)], extensions: { ...extensions } }
}

interface Normalized {
  readonly f?: Readonly<
    Record<'DeviceVendor' | 'DeviceProduct' | 'DeviceVersion' | 'SignatureID' | 'Name' | 'Severity', string>
  > & { readonly Extensions: Readonly<Record<string, string>> }
}

/**
 * By liblognorm's `cef` type, through Debian's `lognormalizer`. That type passes over one character behind the seventh pipe
 * without looking at it, expecting a space that CEF does not have there: it is given one.
 */
export function theirs(lines: readonly string[]): Fields[] {
  using folder = new Workspace()
  const rules = folder.file('cef.rulebase', 'version=2\nrule=:%f:cef%\n')
  const input = lines.map((line) => `${line.replace(/^((?:[^|]*\|){7})/, '$1 ')}\n`).join('')
  const { stdout, stderr, status } = spawnSync('lognormalizer', ['-r', rules, '-e', 'json'], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { f } = JSON.parse(line) as Normalized
      if (!f) throw new Error(`not parsed: ${line}`)
      return {
        header: [f.DeviceVendor, f.DeviceProduct, f.DeviceVersion, f.SignatureID, f.Name, f.Severity],
        extensions: f.Extensions,
      }
    })
}
