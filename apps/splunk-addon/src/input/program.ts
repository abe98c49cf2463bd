import type { LogLevel } from '@siembridge/core'
import {
  type InputDocument,
  readDocument,
  readInputDocument,
  refusalDocument,
  schemeDocument,
  Splunkd,
} from '@siembridge/splunk/modular-input'
import { about, customConfs } from '../about.ts'
import { introducedSchemes, type Scheme, testScheme } from '../schemes.ts'
import { stanzaOf } from './account.ts'
import { testAccount } from './account-test.ts'
import { inputLogger } from './log.ts'
import { stream } from './stream.ts'
import { refusalOf } from './validate.ts'

const levels: readonly string[] = ['error', 'warn', 'info', 'debug']

/** Runs the program of an input as splunkd asks for it; answers the exit status. `args` begin with `--input SCHEME`. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const log = inputLogger('info')
  const [flag, name, mode, ...rest] = args
  const scheme = flag === '--input' ? introducedSchemes.find((one) => one.name === name) : undefined
  if (!scheme || rest.length > 0) {
    log.error(`Invalid arguments: ${args.join(' ')}`)
    return 1
  }
  try {
    return await inMode(scheme, mode?.toLowerCase())
  } catch (error) {
    log.error(`${scheme.name}: ${(error as Error).message}`)
    return 1
  }
}

async function inMode(scheme: Scheme, mode: string | undefined): Promise<number> {
  if (mode === '--scheme') return say(schemeDocument(scheme), 0)
  if (mode !== undefined && mode !== '--validate-arguments') throw new Error(`Invalid arguments: ${mode}`)
  const document = readInputDocument(await readDocument(process.stdin))
  if (document.stanzas.length === 0 || (scheme === testScheme && mode === undefined)) return 0
  const splunkd = new Splunkd(document.server, about.id)
  try {
    return await (mode === undefined ? run(scheme, document, splunkd) : validate(scheme, document, splunkd))
  } finally {
    await splunkd.close()
  }
}

async function run(scheme: Scheme, { server, stanzas }: InputDocument, splunkd: Splunkd): Promise<number> {
  return stream({ scheme, server, stanzas, splunkd, log: inputLogger(await levelOf(splunkd)) })
}

async function validate(scheme: Scheme, { stanzas }: InputDocument, splunkd: Splunkd): Promise<number> {
  const [stanza] = stanzas
  if (!stanza) return 0
  const log = inputLogger('info')
  if (scheme === testScheme) return say(refusalDocument(await testAccount(stanza, splunkd, log)), 1)
  const refusal = await refusalOf(scheme, stanza, splunkd, log)
  if (refusal === undefined) return 0
  log.error(`${stanza.name} is refused: ${refusal}`)
  return say(refusalDocument(refusal), 1)
}

/** A level that cannot be read must not keep an input from running. */
async function levelOf(splunkd: Splunkd): Promise<LogLevel> {
  const settings = await stanzaOf(splunkd, customConfs.settings, 'logging').catch(() => undefined)
  const level = settings?.['level']?.toLowerCase() ?? 'info'
  return levels.includes(level) ? (level as LogLevel) : 'info'
}

function say(text: string, status: number): Promise<number> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve(status)))
}
