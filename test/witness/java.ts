import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Java runs its source as it is (JEP 330), where a compiler is installed. */
export const hasJava = spawnSync('javac', ['-version']).status === 0

/** What a suite that asks Java is called: with the reason in it where it is skipped. */
export const javaSuite = (name: string): string =>
  hasJava ? name : `${name} (needs java and javac, of the Debian package default-jdk-headless)`

const source = join(import.meta.dirname, 'java', 'Witness.java')

/** UTF-16 in Base64, as Witness.java takes its texts. */
const text = (value: string): string => Buffer.from(value, 'utf16le').swap16().toString('base64')

export interface JavaRefusal {
  readonly error: string
  readonly at?: number
}

/** Questions to Java, answered in one go. */
export class JavaQuestions {
  private readonly lines: string[] = []

  /** Pairs of key and value in the order of keys, as `java.util.Properties.load` reads the bytes, or a {@link JavaRefusal}. */
  properties(bytes: Uint8Array): this {
    return this.add('properties', Buffer.from(bytes).toString('base64'))
  }

  /**
   * `{ find, whole }` of each text, or a {@link JavaRefusal}: the groups of the match (the first is the whole of it, null is a group that is
   * not set), or null. `flags` as of `Pattern.compile`: 2 is CASE_INSENSITIVE.
   */
  regex(pattern: string, texts: readonly string[], flags = 0): this {
    return this.add('regex', String(flags), text(pattern), ...texts.map(text))
  }

  /** `{ all, first }` of `Matcher.replaceAll` and `replaceFirst`, or a {@link JavaRefusal}. */
  replace(pattern: string, replacement: string, within: string): this {
    return this.add('replace', text(pattern), text(replacement), text(within))
  }

  /** `{ ms, end }` of a `SimpleDateFormat` that is not lenient, null where it does not parse, or a {@link JavaRefusal}. */
  date(pattern: string, zone: string, value: string): this {
    return this.add('date', text(pattern), text(zone), text(value))
  }

  /** One answer a question, in order. Throws with what Java printed. */
  ask(): unknown[] {
    const { stdout, stderr, status } = spawnSync('java', ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', source], {
      input: this.lines.map((line) => `${line}\n`).join(''),
      encoding: 'latin1',
      maxBuffer: 1 << 28,
    })
    if (status !== 0) throw new Error(stderr)
    return stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  }

  private add(...words: string[]): this {
    this.lines.push(words.join(' '))
    return this
  }
}
