import { readFile } from 'node:fs/promises'

/** The JSON of the file named as first argument, or of standard input; `{}` when that is empty. */
export async function readInput<T>(): Promise<T> {
  const [, , file] = process.argv
  if (file !== undefined) return JSON.parse(await readFile(file, 'utf8')) as T
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return JSON.parse(text.trim() === '' ? '{}' : text) as T
}

/** Prints the one line that says where everything is; stops on SIGTERM or SIGINT, or when a parent process is gone. */
export function announce(address: unknown, stop: () => Promise<void>): void {
  process.stdout.write(`${JSON.stringify(address)}\n`)
  const end = () => void stop().finally(() => process.exit(0))
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
  if (process.connected) process.once('disconnect', end)
}
