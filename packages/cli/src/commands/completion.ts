/** `kubescape completion`: scripts that complete commands, flags and names, made from the command tree. */
import type { Command } from 'commander'

import { FRAMEWORKS } from '@kubescape/controls'

import { Failure } from '../failure.ts'

interface Node {
  /** Words from the program to the command, such as `scan framework`; empty for the program itself. */
  readonly path: string
  /** What may follow: sub-commands, flags, names. */
  readonly words: readonly string[]
}

/**
 * The completion script of a shell.
 * @throws {Failure} for a shell that is not known
 */
export function renderCompletion(shell: string, program: Command): string {
  const nodes = collect(program, '')
  switch (shell) {
    case 'bash':
      return bash(nodes)
    case 'zsh':
      return `#compdef kubescape\nautoload -U +X bashcompinit && bashcompinit\n${bash(nodes)}`
    case 'fish':
      return fish(nodes)
    case 'powershell':
      return powershell(nodes)
    default:
      throw new Failure(`no completion for "${shell}"`, 'Use one of bash, zsh, fish, powershell.')
  }
}

function collect(command: Command, path: string): Node[] {
  const flags = command.options.filter((option) => !option.hidden).map((option) => option.long ?? option.short ?? '')
  const commands = command
    .createHelp()
    .visibleCommands(command)
    .filter((each) => command.commands.includes(each))
  const names = commands.map((each) => each.name())
  const words = [...names, ...namesFor(path), ...flags]
  return [
    { path, words },
    ...commands.flatMap((each) => collect(each, path === '' ? each.name() : `${path} ${each.name()}`)),
  ]
}

function namesFor(path: string): string[] {
  if (path === 'scan framework') return ['all', ...FRAMEWORKS.map(({ name }) => name.toLowerCase())]
  if (path === 'list') return ['frameworks', 'controls', 'exceptions']
  return path === 'completion' ? ['bash', 'zsh', 'fish', 'powershell'] : []
}

function bash(nodes: readonly Node[]): string {
  const cases = nodes.map(({ path, words }) => `    '${path}') words='${words.join(' ')}' ;;`).join('\n')
  return `_kubescape() {
  local current=\${COMP_WORDS[COMP_CWORD]} path='' next word words=''
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in -*) continue ;; esac
    next=\${path:+$path }$word
    case $next in
${nodes
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      '${path}') path=$next ;;`)
  .join('\n')}
    esac
  done
  case $path in
${cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _kubescape kubescape
`
}

function fish(nodes: readonly Node[]): string {
  return nodes
    .flatMap(({ path, words }) =>
      words.map((word) => {
        const condition =
          path === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${path.split(' ').at(-1) ?? ''}`
        const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`
        return `complete -c kubescape -n '${condition}' ${what}`
      }),
    )
    .concat('')
    .join('\n')
}

function powershell(nodes: readonly Node[]): string {
  const table = nodes
    .map(({ path, words }) => `    '${path}' = @(${words.map((word) => `'${word}'`).join(', ')})`)
    .join('\n')
  return `Register-ArgumentCompleter -Native -CommandName kubescape -ScriptBlock {
  param($wordToComplete, $commandAst)
  $table = @{
${table}
  }
  $path = ''
  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
    $next = ("$path " + $element.ToString()).Trim()
    if ($table.ContainsKey($next)) { $path = $next }
  }
  $table[$path] | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}
