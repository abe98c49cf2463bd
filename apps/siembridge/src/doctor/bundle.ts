import { readFileSync, writeFileSync } from 'node:fs'
import type { Finding } from '@siembridge/core'
import { lastStatus } from '../agent/known.ts'
import { ask } from '../control/client.ts'
import { holderOf } from '../state/lock.ts'
import { createRedactor } from './redact.ts'
import { tarGz } from './tar.ts'

export interface BundleParts {
  readonly file: string
  readonly state: string
  readonly version: string
  readonly findings: readonly Finding[]
  readonly nowMs: number
}

/** Writes an archive for support, mode 0600: configuration, status, findings, versions, each redacted. No record is in it. */
export async function writeBundle(path: string, { file, state, version, findings, nowMs }: BundleParts): Promise<void> {
  const redact = createRedactor()
  const status = holderOf(state)
    ? await ask(state, { ask: 'status' }).catch(() => lastStatus(state))
    : lastStatus(state)
  const { recent = [], ...rest } = (status ?? {}) as { readonly recent?: readonly string[] }
  const versions = {
    siembridge: version,
    node: process.versions,
    platform: process.platform,
    arch: process.arch,
    release: osRelease(),
  }
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
  const entries = [
    { name: 'configuration.yaml', content: readFileSync(file, 'utf8') },
    { name: 'status.json', content: json(rest) },
    { name: 'errors.log', content: `${recent.join('\n')}\n` },
    { name: 'findings.json', content: json(findings) },
    { name: 'versions.json', content: json(versions) },
  ].map(({ name, content }) => ({ name: `siembridge-bundle/${name}`, content: redact(content) }))
  writeFileSync(path, tarGz(entries, nowMs), { mode: 0o600 })
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8')
  } catch {
    return ''
  }
}
