/** The manual page `kubescape(1)`, made from what `--help` says, in the man macros of troff. */
import { commandTree } from '../../packages/cli/src/program.ts'
import type { BuildFacts } from '../build.ts'

type Command = ReturnType<typeof commandTree>
type Option = Command['options'][number]

const EXIT_CODES: readonly (readonly [code: string, meaning: string])[] = [
  ['0', 'What was asked for is done, and no threshold was missed.'],
  ['1', 'Anything else. --exit-code-map tells failures apart.'],
]

/** The page as text. */
export function renderManPage({ version, date }: BuildFacts): string {
  const program = commandTree()
  const commands = describedCommands(program)
  const lines = [
    `.TH KUBESCAPE 1 ${quoted(date.slice(0, 10))} ${quoted(`kubescape ${version}`)} ${quoted('User Commands')}`,
    '.ad l',
    '.SH NAME',
    'kubescape \\- Kubernetes security scanner',
    '.SH SYNOPSIS',
    '.B kubescape',
    '.I command',
    '.RI [ argument ...]',
    '.RI [ option ...]',
    '.SH DESCRIPTION',
    text(program.description()),
    '.SH COMMANDS',
    ...commands.flatMap((command) => section(command, program)),
    '.SH EXIT STATUS',
    ...EXIT_CODES.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, text(meaning)]),
    '.SH SEE ALSO',
    '.BR kubectl (1)',
  ]
  return `${lines.join('\n')}\n`
}

/** Every command that does something, in the order of the help. */
function describedCommands(command: Command): Command[] {
  const shown = command.createHelp().visibleCommands(command)
  const own = command.commands.filter((each) => shown.includes(each))
  return own.flatMap((each) => {
    const isGroup = each.commands.length > 0 && each.registeredArguments.length === 0
    return [...(isGroup ? [] : [each]), ...describedCommands(each)]
  })
}

function section(command: Command, program: Command): string[] {
  const shared = new Set(flagsOf(program.commands.find((each) => each.name() === 'scan')))
  const isScan = command.parent?.name() === 'scan'
  const options = visible(command).filter(({ flags }) => !isScan || !shared.has(flags))
  const shownArguments = command.registeredArguments.filter(({ description }) => description !== '')
  return [
    `.SS ${quoted(`${nameOf(command)} ${command.usage()}`)}`,
    text(command.description()),
    ...shownArguments.flatMap((argument) => ['.TP', `.I ${quoted(argument.name())}`, text(argument.description)]),
    ...options.flatMap(optionLines),
    ...(isScan ? ['.PP', text('The options of kubescape scan apply here too.')] : []),
  ]
}

function optionLines({ flags, description, defaultValue }: Option): string[] {
  const otherwise = typeof defaultValue === 'string' ? ` (default: ${defaultValue})` : ''
  return ['.TP', `.B ${quoted(flags)}`, text(`${description}${otherwise}`)]
}

function nameOf(command: Command): string {
  const names = []
  for (let each: Command | null = command; each !== null; each = each.parent) names.unshift(each.name())
  return names.join(' ')
}

function visible(command: Command | undefined): Option[] {
  return (command?.options ?? []).filter(({ hidden }) => !hidden)
}

function flagsOf(command: Command | undefined): string[] {
  return visible(command).map(({ flags }) => flags)
}

/** A line of text; one that begins with a dot or a quote would be a request. */
function text(line: string): string {
  const escaped = escape(line.replaceAll(/\s+/g, ' ').trim())
  return /^[.']/.test(escaped) ? String.raw`\&${escaped}` : escaped
}

function quoted(word: string): string {
  return `"${escape(word).replaceAll('"', String.raw`\(dq`)}"`
}

/** Dashes stay what they are when they are copied. */
function escape(line: string): string {
  return line.replaceAll('\\', String.raw`\e`).replaceAll('-', String.raw`\-`)
}
