import type { Finding } from './finding.ts'

/** One file of a generated folder. */
export interface OutputFile {
  /** Below the output folder, with `/`. */
  readonly path: string
  readonly content: string | Uint8Array
}

/** One option of `generate` or `verify` that only one kit has, as the command's help prints it. */
export interface KitOption {
  /** `--form <form>`, or `--experimental` for one without a value. */
  readonly flags: string
  readonly help: string
  readonly choices?: readonly string[]
  readonly preset?: string
  readonly mandatory?: true
}

/** Values of options by name in camel case. */
export type KitOptions = Readonly<Record<string, string | boolean | undefined>>

/** Something about a parser file, whoever wrote it. */
export interface ParserProblem {
  /** `error`: it does not do what it says, or does not load; `warning`: readings differ, or a check is not possible. */
  readonly level: 'error' | 'warning'
  /** Permanent name of the check, kebab case. */
  readonly code: string
  readonly file: string
  /** From 1. */
  readonly line?: number
  readonly message: string
  readonly help: string
}

/** One expected value that did not arrive as it should have. */
export interface FieldProblem {
  readonly field: string
  readonly is: 'missing' | 'wrong' | 'type' | 'cut'
  readonly expected?: string
  readonly got?: string
  readonly reason?: string
}

/** One event that a parser made of a record, or could not make. */
export interface ParsedEvent {
  /** `generic`: read, under the log type's general signature; `unknown`: read, but nothing tells what it is. */
  readonly is: 'parsed' | 'generic' | 'unknown' | 'unparsed'
  /** File of the parser that took it. */
  readonly parser?: string
  /** Log type, where the catalog knows the record. */
  readonly type?: string
  /** What the SIEM would hold, by the SIEM's own field names. */
  readonly fields: Readonly<Record<string, string>>
  readonly problems: readonly FieldProblem[]
  /** What the vendor's documents leave open and this event depends on. */
  readonly ambiguous: readonly string[]
}

/** A folder of parser files, loaded as the SIEM would load it. */
export interface Verifier {
  /** Of the files themselves. With an error among them nothing is promised of the records. */
  readonly problems: readonly ParserProblem[]
  /** What becomes of one record (strict JSON, UTF-8): one event or several. Never throws for what a record holds. */
  record(bytes: Buffer): readonly ParsedEvent[]
}

/**
 * What a SIEM's parsers are generated, read and run with: the commands `generate NAME` and `verify NAME`. Synchronous and
 * without input or output of its own, so that it can be used from other programs.
 */
export interface ParserKit {
  /** As on the command line. */
  readonly name: string
  readonly title: string
  readonly generateOptions: readonly KitOption[]
  readonly verifyOptions: readonly KitOption[]
  /** Everything that belongs into the folder; `types` are the wanted log types. Throws RangeError for an option's value. */
  generate(
    types: readonly string[],
    options: KitOptions,
  ): { files: readonly OutputFile[]; findings: readonly Finding[] }
  /** `files` are all files of a folder, with paths below it. */
  verify(files: readonly OutputFile[], options: KitOptions): Verifier
}
