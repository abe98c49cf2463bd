import { call, coalesce, type Eval, text } from '../../eval/ast.ts'
import { f, firstOf, list, patterns, table } from '../words.ts'
import type { Rules } from './rules.ts'

const changed = patterns(
  f('event.type'),
  { '*creation*': 'created', '*deletion*': 'deleted', '*access*': 'read' },
  text('modified'),
)
const status = table(f('event.outcome'), { failure: 'failure' }, text('success'))

/** Path without its last part, on either kind of system. */
const folder = (path: Eval): Eval => call('replace', path, text('[\\\\/][^\\\\/]*$'), text(''))

export const filesystem: Rules = () => ({
  action: changed,
  dest: f('host.name'),
  file_name: coalesce(f('file.name'), call('replace', f('file.path'), text('^.*[\\\\/]'), text(''))),
  file_hash: firstOf('file.hash.sha256', 'file.hash.sha1', 'file.hash.md5'),
})

export const processes: Rules = () => ({
  action: text('allowed'),
  dest: f('host.name'),
  process: firstOf('process.command_line', 'process.executable', 'process.name'),
  process_path: firstOf('process.executable', 'process.name'),
  parent_process: firstOf('process.parent.command_line', 'process.parent.executable', 'process.parent.name'),
  parent_process_path: firstOf('process.parent.executable', 'process.parent.name'),
  process_hash: firstOf('process.hash.sha256', 'process.hash.sha1', 'process.hash.md5'),
  process_integrity_level: call('lower', f('process.integrity_level')),
})

export const registry: Rules = () => ({
  action: changed,
  dest: f('host.name'),
  registry_key_name: coalesce(f('registry.key'), folder(f('registry.path'))),
  registry_value_text: call('mvjoin', list('registry.data.strings'), text(' ')),
  registry_value_type: patterns(
    f('registry.data.type'),
    {
      'Binary*': 'REG_BINARY',
      'Dword*': 'REG_DWORD',
      'ExpandString*': 'REG_EXPAND_SZ',
      'MultiString*': 'REG_MULTI_SZ',
      'Qword*': 'REG_QWORD',
      'String*': 'REG_SZ',
    },
    f('registry.data.type'),
  ),
  status,
})
