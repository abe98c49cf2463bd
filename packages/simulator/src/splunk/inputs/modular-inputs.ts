import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConf } from '@siembridge/formats'
import { executableOf } from '../apps/executable.ts'
import type { ConfStore } from '../apps/conf-store.ts'
import type { SplunkdLog } from '../log.ts'
import { encodeDocument, type ParamValue, validationDocument } from '../xml/documents.ts'
import { readScheme, type SchemeDocument } from '../xml/scheme.ts'
import { parseXml } from '../xml/tree.ts'
import { type ChildOptions, runChild } from './child.ts'
import type { Host } from './host.ts'

/** A kind of input that an app has brought. */
export interface ModularInput {
  readonly scheme: string
  readonly app: string
  readonly program: string
  readonly document: SchemeDocument
}

/** Kinds of inputs that the specs of the installed apps name, as far as their programs introduce themselves. */
export class ModularInputs {
  readonly known = new Map<string, ModularInput>()
  private readonly host: Host
  private readonly confs: ConfStore
  private readonly log: SplunkdLog

  constructor(host: Host, confs: ConfStore, log: SplunkdLog) {
    this.host = host
    this.confs = confs
    this.log = log
  }

  /** Asks every program of an app for its scheme. */
  async introspect(app: string): Promise<void> {
    for (const scheme of specSchemes(join(this.host.apps, app))) {
      const program = executableOf(join(this.host.apps, app), scheme)
      if (program === undefined) this.failed(scheme, 'there is no program for it')
      else await this.introduce(app, scheme, program)
    }
  }

  private async introduce(app: string, scheme: string, program: string): Promise<void> {
    const { status, stdout, stderr } = await runChild(
      this.child(app, scheme, program, ['--scheme']),
      Buffer.alloc(0),
      true,
      30_000,
    )
    for (const line of stderr.split('\n').filter((one) => one !== '')) this.log.fromInput(program, line)
    if (status !== 0) return this.failed(scheme, `script running failed (exited with code ${status ?? 'none'})`)
    try {
      this.known.set(scheme, { scheme, app, program, document: readScheme(stdout) })
    } catch (error) {
      this.failed(scheme, (error as Error).message)
    }
  }

  /** Why parameters of an input are refused; undefined where they are good. */
  async validate(
    input: ModularInput,
    name: string,
    params: Readonly<Record<string, ParamValue>>,
  ): Promise<string | undefined> {
    if (!input.document.externalValidation) return undefined
    const { scheme, app, program } = input
    const document = encodeDocument(validationDocument(this.host.facts(scheme), name, params), this.host.encoding)
    const options = this.child(app, scheme, program, ['--validate-arguments'])
    const { status, stdout, stderr } = await runChild(options, document, this.host.closesInput, 60_000)
    for (const line of stderr.split('\n').filter((one) => one !== '')) this.log.fromInput(program, line)
    return status === 0 ? undefined : messageOf(stdout)
  }

  /** How a program of an app is started; the scheme's defaults say whether by a shell. */
  child(app: string, scheme: string, program: string, args: readonly string[]): ChildOptions {
    const byShell = this.confs.stanza('inputs', scheme, app)?.settings.start_by_shell
    return {
      program,
      args,
      cwd: '/',
      env: this.host.environment(),
      byShell: byShell !== 'false' && byShell !== '0',
      ...(this.host.python !== undefined && { python: this.host.python }),
    }
  }

  private failed(scheme: string, why: string): void {
    this.log.add(
      'ERROR',
      'ModularInputs',
      `Unable to initialize modular input "${scheme}": Introspecting scheme=${scheme}: ${why}.`,
    )
  }
}

function messageOf(stdout: string): string {
  try {
    const root = parseXml(stdout)
    const message = root.children.find(({ name }) => name === 'message')?.text
    if (root.name === 'error' && message) return message
  } catch {
    // What is no error document is told as it is.
  }
  return `The script returned no error document: ${stdout.slice(0, 200)}`
}

function specSchemes(app: string): string[] {
  try {
    const { stanzas } = readConf(readFileSync(join(app, 'README/inputs.conf.spec'), 'utf8'))
    return stanzas.flatMap(({ name }) => /^([0-9a-zA-Z][0-9a-zA-Z_-]*):\/\//.exec(name)?.[1] ?? [])
  } catch {
    return []
  }
}
