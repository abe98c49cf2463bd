import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

export interface Certificate {
  readonly cert: string
  readonly key: string
}

/** Files of an authority and of the certificates that it signed, in a folder. */
export class Authority {
  private readonly folder: string
  private readonly name: string

  constructor(folder: string, name: string) {
    this.folder = folder
    this.name = name
    this.openssl(
      'req',
      '-x509',
      ...this.newKey(name),
      '-out',
      this.path(`${name}.pem`),
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
    )
  }

  get cert(): string {
    return this.path(`${this.name}.pem`)
  }

  /** Signs a certificate for `localhost` and 127.0.0.1; answers the paths of its files. */
  sign(name: string): Certificate {
    const [key, cert, request, extensions] = ['key', 'pem', 'csr', 'ext'].map((end) => this.path(`${name}.${end}`)) as [
      string,
      string,
      string,
      string,
    ]
    this.openssl('req', ...this.newKey(name), '-out', request, '-subj', `/CN=${name}`)
    writeFileSync(extensions, 'subjectAltName=DNS:localhost,IP:127.0.0.1')
    const signer = ['-CA', this.cert, '-CAkey', this.path(`${this.name}.key`), '-CAcreateserial']
    this.openssl('x509', '-req', '-in', request, ...signer, '-out', cert, '-days', '2', '-extfile', extensions)
    return { cert, key }
  }

  private newKey = (name: string): string[] => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-keyout',
    this.path(`${name}.key`),
  ]

  private path = (name: string): string => join(this.folder, name)

  private openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { stdio: 'pipe' })
  }
}

export const pem = ({ cert, key }: Certificate): Certificate => ({
  cert: readFileSync(cert, 'utf8'),
  key: readFileSync(key, 'utf8'),
})

/** A receiver made by others: it judges client certificates during the handshake, as rsyslog does and Node does not. */
export async function opensslReceiver(
  server: Certificate,
  ca: string,
): Promise<AsyncDisposable & { port: number; received(): Promise<string> }> {
  const args = [
    's_server',
    '-accept',
    '127.0.0.1:0',
    '-cert',
    server.cert,
    '-key',
    server.key,
    '-CAfile',
    ca,
    '-Verify',
    '1',
    '-verify_return_error',
    '-naccept',
    '1',
  ]
  const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let text = ''
  const ready = new Promise<number>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const port = /^ACCEPT .*:(\d+)$/m.exec(text)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
  })
  child.stderr.resume()
  const closed = once(child, 'close')
  const received = async (): Promise<string> => {
    await closed
    return text
  }
  return { port: await ready, received, [Symbol.asyncDispose]: async () => void child.kill() }
}
