/** One setting with the line that it begins on, from 1. */
export interface ConfSetting {
  readonly key: string
  /** Continued lines are joined by line feeds. */
  readonly value: string
  readonly line: number
}

/** A stanza as it stands in the file; "" holds what stands before the first one. */
export interface ReadStanza {
  readonly name: string
  readonly line: number
  readonly settings: readonly ConfSetting[]
}

/** What Splunk would pass over, take the last of, or read as something else. */
export interface ConfProblem {
  readonly is: 'no-setting' | 'twice-stanza' | 'twice-setting' | 'space-after-backslash' | 'no-stanza' | 'control'
  readonly line: number
  readonly message: string
}

export interface Conf {
  readonly stanzas: readonly ReadStanza[]
  readonly problems: readonly ConfProblem[]
}

interface Line {
  readonly text: string
  readonly line: number
}

/**
 * Reads a Splunk configuration file: `[stanza]`, `key = value`, `#` at the start of a line for a comment, `\` at the end of a
 * line to continue it. Never throws: what is wrong stands in `problems`, and the rest is read on.
 */
export function readConf(text: string): Conf {
  const problems: ConfProblem[] = []
  const report = (is: ConfProblem['is'], line: number, message: string): void =>
    void problems.push({ is, line, message })
  const stanzas: (ReadStanza & { settings: ConfSetting[] })[] = []
  for (const { text: whole, line } of logicalLines(text, report)) {
    if (whole.trim() === '' || /^\s*#/.test(whole)) continue
    const name = /^\[(.*)\]\s*$/s.exec(whole)?.[1]
    if (name !== undefined) open(name, line)
    else if (/^\s*\[/.test(whole)) report('no-stanza', line, `not a stanza: ${whole.trim().slice(0, 60)}`)
    else set(whole, line)
  }
  return { stanzas, problems }

  function open(name: string, line: number): void {
    if (stanzas.some((stanza) => stanza.name === name)) report('twice-stanza', line, `[${name}] stands twice`)
    stanzas.push({ name, line, settings: [] })
  }

  function set(whole: string, line: number): void {
    const equals = whole.indexOf('=')
    const key = whole.slice(0, Math.max(0, equals)).trim()
    if (key === '') return report('no-setting', line, `neither a stanza nor a setting: ${whole.trim().slice(0, 60)}`)
    if (stanzas.length === 0) stanzas.push({ name: '', line, settings: [] })
    const { name, settings } = stanzas.at(-1) as (typeof stanzas)[number]
    if (settings.some((setting) => setting.key === key))
      report('twice-setting', line, `${key} stands twice in [${name}]; the last one holds`)
    settings.push({ key, value: whole.slice(equals + 1).trim(), line })
  }
}

function* logicalLines(
  text: string,
  report: (is: ConfProblem['is'], line: number, message: string) => void,
): Generator<Line> {
  const lines = text.replace(/^\u{FEFF}/u, '').split(/\r?\n/)
  let held: Line | undefined
  for (const [at, raw] of lines.entries()) {
    const line = at + 1
    if (/[\0-\x08\x0b-\x1f]/.test(raw)) report('control', line, 'a control character')
    if (/\\[ \t]+$/.test(raw)) report('space-after-backslash', line, 'white space after the `\\` that continues a line')
    const comment = held === undefined && /^\s*#/.test(raw)
    const continued = !comment && /(?:^|[^\\])(?:\\\\)*\\$/.test(raw)
    const body = continued ? raw.slice(0, -1) : raw
    const joined: Line = held ? { text: `${held.text}\n${body}`, line: held.line } : { text: body, line }
    if (continued) held = joined
    else {
      held = undefined
      yield joined
    }
  }
  if (held) yield held
}
