/** The reference of commands and flags, made from the command tree and the table of refusals. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { commandTree } from '../packages/cli/src/program.ts'
import type { Refusal } from '../packages/cli/src/refusals.ts'

import { root } from './root.ts'

const FILE = 'docs/commands.md'

type Command = ReturnType<typeof commandTree>
type Option = Command['options'][number]

/** Flags that every command below has as well are told of once. */
const SHARED = ['scan framework', 'scan control', 'scan workload']

/** Writes it. */
export async function writeCommandPage(): Promise<void> {
  if ((await staleCommandPage()).length > 0) writeFileSync(join(root, FILE), await renderCommandPage())
}

/** Its path when what stands there is not what would be written now. */
export async function staleCommandPage(): Promise<string[]> {
  const file = join(root, FILE)
  return existsSync(file) && readFileSync(file, 'utf8') === (await renderCommandPage()) ? [] : [FILE]
}

async function renderCommandPage(): Promise<string> {
  const cli = await import('../packages/cli/src/program.ts')
  const { IDLE_FLAGS } = await import('../packages/cli/src/idle-flags.ts')
  const { REFUSED_COMMANDS, REFUSED_FLAGS } = await import('../packages/cli/src/refusals.ts')
  const program = cli.commandTree()
  const idle = IDLE_FLAGS.map(({ flags, notice }) => [code(flags.split(/[ ,]+/).findLast(isLong) ?? flags), notice])
  return [
    '# Commands and flags',
    'Made from the program by `npm run generate`. `kubescape help` and `--help` of every command show the same; what they do in ' +
      'detail is in the pages of [this guide](README.md).',
    'Every command takes `-l, --logger` too. A switch takes `=true` and `=false`.',
    ...commandsOf(program).flatMap((command) => commandPart(command)),
    '## Refused',
    'What Kubescape has and this program refuses: with exit code 1, this reason, and this advice. A refused switch with ' +
      '`=false` asks for nothing, and is taken.',
    table(['command', 'why', 'instead'], REFUSED_COMMANDS.map(refusalRow)),
    table(['flag', 'why', 'instead'], REFUSED_FLAGS.map(refusalRow)),
    '## Without effect',
    'These are taken, and say so:',
    table(['flag', 'what it says'], idle),
  ]
    .join('\n\n')
    .concat('\n')
}

/** The commands that help shows, in its order, with those below each. */
function commandsOf(command: Command): Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .flatMap((each) => (command.commands.includes(each) ? [each, ...commandsOf(each)] : []))
}

function commandPart(command: Command): string[] {
  const path = pathOf(command)
  const help = command.createHelp()
  const isShared = SHARED.includes(path)
  const own = isShared ? new Set(command.parent?.options.map(({ long }) => long)) : new Set()
  const flags = help.visibleOptions(command).filter(({ long }) => long !== '--help' && !own.has(long))
  const names = help.visibleArguments(command)
  const below = commandsOf(command)
  // A command that only holds others has nothing of its own to tell.
  if (below.length > 0 && names.length === 0 && flags.length === 0) return [`## ${path}`, `${command.description()}.`]
  return [
    `## ${path}`,
    `${command.description()}.`,
    `\`\`\`sh\n${`kubescape ${path} ${command.usage()}`.trim()}\n\`\`\``,
    ...(names.length === 0
      ? []
      : [
          table(
            ['argument', 'what'],
            names.map((each) => [code(each.name()), each.description]),
          ),
        ]),
    ...(flags.length === 0 ? [] : [table(['flag', 'what'], flags.map(flagRow))]),
    ...(isShared ? ['And the flags of [scan](#scan).'] : []),
  ]
}

function pathOf(command: Command): string {
  const above = command.parent === null ? '' : pathOf(command.parent)
  return command.parent === null ? '' : `${above} ${command.name()}`.trim()
}

function flagRow({ flags, description, defaultValue }: Option): string[] {
  const otherwise = typeof defaultValue === 'string' ? `; default: ${defaultValue}` : ''
  return [code(flags), `${description}${otherwise}`]
}

function refusalRow({ names, reason, hint }: Refusal): string[] {
  return [names.map(code).join(', '), reason, hint]
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(header), row(header.map(() => '---')), ...rows.map(row)].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function code(text: string): string {
  return `\`${text}\``
}

function isLong(flag: string): boolean {
  return flag.startsWith('--')
}
