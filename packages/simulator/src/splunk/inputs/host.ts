import { join } from 'node:path'
import type { DocumentEncoding, ServerFacts } from '../xml/documents.ts'

export interface HostOptions {
  /** $SPLUNK_HOME. */
  readonly home: string
  readonly name: string
  readonly encoding?: DocumentEncoding
  /** Whether the standard input of programs is closed behind what is written to it; yes unless told. */
  readonly closesInput?: boolean
  readonly python?: string
  /** More variables of the environment of programs; a PATH stands in place of the usual one. */
  readonly env?: Readonly<Record<string, string>>
}

/** The machine that splunkd runs on, as its inputs see it. */
export class Host {
  readonly home: string
  readonly name: string
  readonly encoding: DocumentEncoding
  readonly closesInput: boolean
  readonly python: string | undefined
  private readonly env: Readonly<Record<string, string>>
  private management = { uri: '', sessionKey: '' }

  constructor({ home, name, encoding = 'utf-8', closesInput = true, python, env = {} }: HostOptions) {
    this.home = home
    this.name = name
    this.encoding = encoding
    this.closesInput = closesInput
    this.python = python
    this.env = env
  }

  get apps(): string {
    return join(this.home, 'etc/apps')
  }

  /** Where inputs reach splunkd, and with which key. */
  listens(uri: string, sessionKey: string): void {
    this.management = { uri, sessionKey }
  }

  facts(scheme: string): ServerFacts {
    return {
      host: this.name,
      ...this.management,
      checkpointDir: join(this.home, 'var/lib/splunk/modinputs', scheme),
    }
  }

  /** What splunkd gives its children: its own libraries come first, which is what launchers must undo. */
  environment(): Readonly<Record<string, string>> {
    return {
      PATH: `${join(this.home, 'bin')}:/usr/bin:/bin`,
      LD_LIBRARY_PATH: join(this.home, 'lib'),
      SPLUNK_HOME: this.home,
      SPLUNK_DB: join(this.home, 'var/lib/splunk'),
      OPENSSL_CONF: join(this.home, 'openssl/openssl.cnf'),
      ...this.env,
    }
  }
}
