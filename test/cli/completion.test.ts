import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { lines, siembridge, Workspace } from './run.ts'

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0

describe.for(['bash', 'zsh', 'fish'])('%s', (shell) => {
  test.skipIf(!has(shell))(`the shell takes the script${has(shell) ? '' : ` (needs ${shell} on PATH)`}`, async () => {
    using folder = new Workspace()
    const { status, stdout } = await siembridge(['completion', shell])
    const checked = spawnSync(shell, ['-n', folder.file('script', stdout)], { encoding: 'utf8' })
    expect(status).toBe(0)
    expect({ status: checked.status, stderr: checked.stderr }).toEqual({ status: 0, stderr: '' })
  })
})

describe.skipIf(!has('bash'))('in bash', () => {
  /** What bash offers for the last of these words. */
  async function offered(...words: string[]): Promise<string[]> {
    const { stdout: script } = await siembridge(['completion', 'bash'])
    const run = `eval "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _siembridge; printf '%s\\n' "\${COMPREPLY[@]}"`
    return lines(spawnSync('bash', ['-c', run, script, 'siembridge', ...words], { encoding: 'utf8' }).stdout)
  }

  test('commands', async () => {
    expect(await offered('')).toEqual(
      expect.arrayContaining(['convert', 'preview', 'list', 'demo', 'completion', 'help', '--help', '--version']),
    )
    expect(await offered('pre')).toEqual(['preview'])
  })

  test('options of a command and their values', async () => {
    expect(await offered('convert', '--m')).toEqual(['--max-bytes', '--max-record-bytes'])
    expect(await offered('convert', '--to', '')).toEqual([
      'ecs',
      'cef',
      'leef',
      'flat',
      'raw+',
      'hec',
      'hec-flat',
      'mcas-agent',
    ])
    expect(await offered('convert', '--header', 'rfc5')).toEqual(['rfc5424'])
    expect(await offered('preview', '--l')).toEqual(['--limit'])
    expect(await offered('list', 'log')).toEqual(['log-types'])
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish'])
  })

  test('where a file may stand nothing is offered, so that readline completes file names, spaces and all', async () => {
    expect(await offered('convert', '--to', 'cef', '')).toEqual([])
    expect(await offered('convert', '--ca', '')).toEqual([])
    expect((await siembridge(['completion', 'bash'])).stdout).toContain('complete -o default -F _siembridge siembridge')
  })

  test('hidden options are not offered', async () => {
    expect(await offered('convert', '--eng')).toEqual([])
  })
})

test('every script names every command and format', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await siembridge(['completion', shell])
    for (const word of ['convert', 'preview', 'list', 'demo', 'mcas-agent', 'raw+', 'max-record-bytes'])
      expect(stdout).toContain(word)
  }
})
