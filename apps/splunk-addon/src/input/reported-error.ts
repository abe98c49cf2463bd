import { SiembridgeError, type StreamReport } from '@siembridge/core'

/** What an error says to a person: name, sentence, and what to do. */
export function reportedError(error: unknown): NonNullable<StreamReport['error']> {
  const [message = '', ...lines] = (error instanceof Error ? error.message : String(error)).split('\n')
  const help = lines.find((line) => line.trim().startsWith('do:'))?.replace(/^\s*do:\s*/, '')
  const code = error instanceof SiembridgeError ? error.code : 'Unexpected'
  return { code, message, ...(help !== undefined && { help }) }
}
