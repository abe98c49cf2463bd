import type { Token } from '../parser/model.ts'
import type { Notes } from './operations/operation.ts'

/** A value that did not become what it should. */
export interface Finding {
  readonly is: 'type' | 'cut'
  /** Event field, or the token where no field is concerned yet. */
  readonly field: string
  readonly got: string
  readonly reason: string
}

/** What is said of one event while it is made. */
export class Outcome implements Notes {
  readonly findings: Finding[] = []
  private readonly doubts = new Set<string>()

  get ambiguities(): readonly string[] {
    return [...this.doubts]
  }

  ambiguous(text: string): void {
    this.doubts.add(text)
  }

  wrongType({ name, type }: Token, text: string): void {
    this.findings.push({ is: 'type', field: name, got: text, reason: `no ${type}` })
  }

  wrongField(field: string, got: string, reason: string): void {
    this.findings.push({ is: 'type', field, got, reason })
  }

  cut(field: string, got: string, max: number): void {
    this.findings.push({ is: 'cut', field, got, reason: `the column holds ${max} characters` })
  }
}
