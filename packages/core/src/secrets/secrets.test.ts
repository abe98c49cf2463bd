import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Clock } from '../clock.ts'
import { createSecrets } from './create-secrets.ts'
import { secretReference } from './reference.ts'

const directory = mkdtempSync(join(tmpdir(), 'siembridge-secrets-'))

describe('secrets by reference', () => {
  it('reads variables, and says which is missing', async () => {
    const secrets = createSecrets({ env: { A: 'value\n', EMPTY: '' } })
    expect(await secrets.read('env:A')).toBe('value')
    await expect(secrets.read('env:B')).rejects.toThrow(/the secret env:B cannot be read/)
    await expect(secrets.read('env:EMPTY')).rejects.toMatchObject({ code: 'SecretMissing' })
  })

  it('reads a file anew each time, and drops one line feed at its end', async () => {
    const file = join(directory, 'secret')
    const secrets = createSecrets()
    writeFileSync(file, 'one\r\n')
    expect(await secrets.read(`file:${file}`)).toBe('one')
    writeFileSync(file, 'two\n\n')
    expect(await secrets.read(`file:${file}`)).toBe('two\n')
    await expect(secrets.read('file:/nowhere')).rejects.toThrow(/ENOENT/)
  })

  it('keeps what a vault says for some minutes, not its failures, and forgets what was rejected', async () => {
    let [now, reads] = [0, 0]
    const clock = { elapsed: () => now } as Clock
    const keyVault = async (url: string) => {
      reads++
      if (url.endsWith('bad')) throw new Error('busy')
      return `value ${reads}`
    }
    const secrets = createSecrets({ keyVault, clock })
    const reference = 'keyvault:https://v/secrets/a'
    expect(await Promise.all([secrets.read(reference), secrets.read(reference)])).toEqual(['value 1', 'value 1'])
    now = 299_999
    expect(await secrets.read(reference)).toBe('value 1')
    now = 300_001
    expect(await secrets.read(reference)).toBe('value 2')
    secrets.forget?.(reference)
    expect(await secrets.read(reference)).toBe('value 3')
    await expect(secrets.read('keyvault:https://v/bad')).rejects.toThrow('busy')
    await expect(secrets.read('keyvault:https://v/bad')).rejects.toThrow('busy')
    expect(reads).toBe(5)
  })

  it.each(['hush-hush', 'hush:hush-hush', ''])('refuses %j, and does not repeat it', async (text) => {
    const error = (await createSecrets()
      .read(text)
      .catch((reason: unknown) => reason)) as Error
    expect(error).toMatchObject({ code: 'SecretReferenceWrong' })
    expect(error.message).not.toContain('hush-hush')
    expect(secretReference.safeParse(text).success).toBe(false)
  })

  it.each(['env:A_1', 'file:/run/secrets/a', 'keyvault:https://v.vault.azure.net/secrets/a', 'splunk:realm/name'])(
    'takes %s',
    (text) => {
      expect(secretReference.parse(text)).toBe(text)
    },
  )
})
