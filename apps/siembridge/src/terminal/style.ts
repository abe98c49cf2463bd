import { stripVTControlCharacters, styleText } from 'node:util'

export type Colour = 'green' | 'red' | 'yellow' | 'bold' | 'dim'

/** Colours only where a person looks. */
export const colour = (name: Colour, text: string): string =>
  process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? styleText(name, text) : text

/** Columns of the terminal: 80 where there is none, and no more than are good to read. */
export const columns = (): number => Math.min(160, Math.max(60, process.stdout.columns || 80))

/** Breaks a text at blanks into lines of at most so many characters. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((w) => w !== '')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A text behind a first column; further lines stand below the text. */
export function hanging(first: string, text: string): string {
  const { length } = stripVTControlCharacters(first)
  const [head = '', ...more] = wrap(text, Math.max(20, columns() - length))
  return [`${first}${head}`, ...more.map((line) => ' '.repeat(length) + line)].join('\n')
}

/** `3 h`, `12 min`, `45 s`: the two largest units where they matter. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 90) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 || hours >= 10 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} days`
}

const sizes = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function size(bytes: number): string {
  const step = bytes <= 0 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log2(bytes) / 10))
  const number = bytes / 1024 ** step
  return `${step === 0 || number >= 100 ? Math.round(number) : number.toFixed(1)} ${sizes[step]}`
}
