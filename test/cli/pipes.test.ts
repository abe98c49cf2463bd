import { describe, expect, test } from 'vitest'
import { finish, fourRecords, lines, runShell, siembridge, start, Workspace } from './run.ts'

const ndjson = `${fourRecords.join('\n')}\n`

describe('pipes', () => {
  test.for(['convert --to cef', 'convert --to ecs', 'preview --limit 100000 --to cef'])(
    '%s ends quietly when `head -1` has seen enough',
    async (args) => {
      using folder = new Workspace()
      const file = folder.file('many.ndjson', ndjson.repeat(2000))
      const { stdout, stderr } = await runShell(
        `"$0" "$1" ${args} "$2" | head -1; echo "status \${PIPESTATUS[0]}"`,
        file,
      )
      expect(lines(stdout)).toHaveLength(2)
      expect(lines(stdout)[1]).toBe('status 0')
      expect(stderr).toBe('')
    },
  )

  test.for(['list fields', 'list fields --json', 'completion bash', '--help'])(
    '%s ends quietly when nobody reads it',
    async (args) => {
      const child = start(args.split(' '))
      child.stdout.destroy()
      const { stderr, status } = await finish(child)
      expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
    },
  )

  test('there are no colour codes where no terminal is', async () => {
    const input = { stdin: `${ndjson}{"a":1}\n` }
    const runs = await Promise.all([
      siembridge(['convert', '--to', 'cef'], input),
      siembridge(['preview', '--to', 'cef'], input),
      siembridge(['list', 'log-types']),
      siembridge(['--help']),
      siembridge(['nonsense']),
    ])
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain('\u001b')
  })
})
