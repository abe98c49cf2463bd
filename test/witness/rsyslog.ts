import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { Workspace } from '../cli/run.ts'

/** A real rsyslogd with a configuration and a state of its own. */
export interface Rsyslog extends AsyncDisposable {
  readonly port: number
  /** Stops it when it has written so many messages, and answers all that it wrote, one a line. */
  written(count: number): Promise<string[]>
}

/**
 * Everything that rsyslog does unless told otherwise, its limit of 8 KiB a message and its escaping of control characters
 * included: CEF lines fit the one and hold none of the others. Host, facility and severity show that it read the header; it
 * takes `CEF:` for the tag, so tag and message stand side by side again.
 */
const configuration = (folder: string): string => `
global(workDirectory="${folder}")
module(load="imtcp")
template(name="seen" type="string" string="%hostname% %syslogfacility% %syslogseverity% %syslogtag%%msg%\\n")
ruleset(name="write") { action(type="omfile" file="${folder}/messages" template="seen") }
input(type="imtcp" address="127.0.0.1" port="0" listenPortFileName="${folder}/port" ruleset="write")
`

export async function startRsyslog(): Promise<Rsyslog> {
  const folder = new Workspace()
  const file = folder.file('rsyslog.conf', configuration(folder.path))
  const child = spawn('rsyslogd', ['-n', '-f', file, '-i', join(folder.path, 'pid')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')))
  const closed = once(child, 'close')
  const portFile = join(folder.path, 'port')
  while (!existsSync(portFile) || readFileSync(portFile, 'utf8') === '') {
    if (child.exitCode !== null) throw new Error(`rsyslogd did not start: ${said}`)
    await rest(20)
  }
  const messages = (): string[] => {
    const path = join(folder.path, 'messages')
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : []
  }
  return {
    port: Number(readFileSync(portFile, 'utf8')),
    async written(count) {
      while (messages().length < count) await rest(20)
      child.kill()
      await closed
      return messages()
    },
    async [Symbol.asyncDispose]() {
      child.kill()
      await closed
      folder[Symbol.dispose]()
    },
  }
}
