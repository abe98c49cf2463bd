import type { Command } from 'commander'

/** What a word can be followed by, out of the command table. */
interface Words {
  readonly name: string
  readonly options: readonly {
    readonly flags: readonly string[]
    readonly choices: readonly string[]
    readonly takes: boolean
    readonly help: string
  }[]
  readonly choices: readonly string[]
  readonly help: string
}

function wordsOf(command: Command): Words {
  return {
    name: command.name(),
    help: command.description(),
    choices: command.registeredArguments.flatMap((a) => a.argChoices ?? []),
    options: command
      .createHelp()
      .visibleOptions(command)
      .map((o) => ({
        flags: [o.short, o.long].filter((f): f is string => f !== undefined && f !== null),
        choices: o.argChoices ?? [],
        takes: o.required || o.optional,
        help: o.description,
      })),
  }
}

/** A completion script for bash, zsh or fish. */
export function completion(shell: string, root: Command): string {
  const commands = root.commands.map(wordsOf)
  if (shell === 'fish') return fish(commands)
  const script = bash(commands)
  return shell === 'zsh' ? `#compdef siembridge\nautoload -U +X bashcompinit && bashcompinit\n${script}` : script
}

function bash(commands: readonly Words[]): string {
  const cases = commands.map((c) => {
    const chosen = c.options
      .filter((o) => o.choices.length > 0)
      .map(
        (o) => `      ${o.flags.join('|')}) COMPREPLY=($(compgen -W '${o.choices.join(' ')}' -- "$word")); return ;;\n`,
      )
    const given = c.options
      .filter((o) => o.takes && o.choices.length === 0)
      .map((o) => `      ${o.flags.join('|')}) return ;;\n`)
    const flags = c.options.flatMap((o) => o.flags).join(' ')
    return `    ${c.name})
      case "$before" in
${[...chosen, ...given].join('')}      esac
      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '${flags}' -- "$word"))${c.choices.length === 0 ? '' : `; else COMPREPLY=($(compgen -W '${c.choices.join(' ')}' -- "$word"))`}; fi ;;`
  })
  // Where nothing is found, -o default lets readline complete file names, spaces and all.
  return `_siembridge() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then COMPREPLY=($(compgen -W '${[...commands.map((c) => c.name), 'help', '--help', '--version'].join(' ')}' -- "$word")); return; fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o default -F _siembridge siembridge
`
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function fish(commands: readonly Words[]): string {
  const lines = commands.flatMap((c) => [
    `complete -c siembridge -n __fish_use_subcommand -f -a ${c.name} -d ${quoted(c.help)}`,
    ...c.options.map((o) => {
      const flags = o.flags.map((f) => (f.startsWith('--') ? `-l ${f.slice(2)}` : `-s ${f.slice(1)}`)).join(' ')
      const values = o.choices.length > 0 ? ` -x -a ${quoted(o.choices.join(' '))}` : o.takes ? ' -r' : ''
      return `complete -c siembridge -n '__fish_seen_subcommand_from ${c.name}' ${flags}${values} -d ${quoted(o.help)}`
    }),
    ...(c.choices.length > 0
      ? [`complete -c siembridge -n '__fish_seen_subcommand_from ${c.name}' -f -a ${quoted(c.choices.join(' '))}`]
      : []),
  ])
  return `${lines.join('\n')}\n`
}
