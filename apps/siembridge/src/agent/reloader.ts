import type { TenantOptions } from '@siembridge/azure'
import type { Logger } from '@siembridge/core'
import type { Config } from '@siembridge/core/config'
import { changesOf } from './config-diff.ts'
import { type ConfigText, isConfigError, parseConfig, readConfig } from './config-file.ts'
import type { Told } from './own-events.ts'

interface Reloading {
  /** What the agent runs with. */
  readonly text: ConfigText
  readonly log: Logger
  config(): Config<TenantOptions>
  /** Stops with the old configuration and starts with the new one; where that fails, with the old one again, and throws. */
  exchange(config: Config<TenantOptions>, changes: readonly string[]): Promise<void>
  tell(event: Told): void
}

/** Takes over a changed configuration file: only one that is valid, and only what has changed counts. */
export class Reloader {
  private readonly parts: Reloading
  private text: string
  /** Why the file as it is now is not used. */
  refusal: string | undefined

  constructor(parts: Reloading) {
    this.parts = parts
    this.text = parts.text.text
  }

  /** Answers what became of it, for a person. */
  async look(): Promise<string> {
    try {
      const text = readConfig(this.parts.text.file)
      if (text.text === this.text && this.refusal === undefined) return 'the configuration has not changed'
      const config = await parseConfig(text)
      return await this.take(config, text.text)
    } catch (error) {
      return this.refuse(isConfigError(error) ? error.lines : [(error as Error).message])
    }
  }

  private async take(config: Config<TenantOptions>, text: string): Promise<string> {
    const { parts } = this
    if (config.state !== parts.config().state)
      return this.refuse([`${config.file}: "state" cannot change while the agent runs — do: restart the agent`])
    const changes = changesOf(parts.config(), config)
    if (changes.length > 0) await parts.exchange(config, changes)
    this.text = text
    this.refusal = undefined
    parts.log.level = config.log.level
    if (changes.length === 0) return 'nothing that counts has changed'
    const said = `the configuration changed: ${changes.join(', ')}`
    parts.log.info(said)
    const details = { changes: changes.join(', ') }
    parts.tell({ action: 'configuration-changed', severity: 'informational', message: said, details })
    return said
  }

  /** A configuration that cannot be used is told once; the old one goes on. */
  private refuse(lines: readonly string[]): string {
    const said = lines.join('\n')
    if (this.refusal === said) return said
    this.refusal = said
    const { log } = this.parts
    for (const line of lines) log.error(line)
    log.error('the changed configuration is not used; the agent goes on with the old one')
    const more = lines.length > 1 ? `; and ${lines.length - 1} more` : ''
    const message = `the changed configuration is not used: ${lines[0]?.split('\n')[0]}${more}`
    this.parts.tell({ action: 'configuration-changed', severity: 'medium', message })
    return said
  }
}
