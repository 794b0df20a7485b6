/** The command tree: names, arguments and flags, wired to what they do. */
import type { Catalogue } from '@kubescape/controls'
import { Command, CommanderError } from 'commander'

import type { HostScanManifestCommand } from './commands/host-scan.ts'
import type { RolesCommand } from './commands/rbac.ts'
import type { NodeFactsCommand } from './commands/node-facts.ts'
import { spellOutExitCodes, typedExitCodes, type Ending, type ExitCodes } from './exit-codes.ts'
import { addExceptionCommands, listExceptions } from './exception-commands.ts'
import { asFailure, Failure } from './failure.ts'
import { addDiffOptions } from './baseline/baseline-options.ts'
import { addHostScanOptions } from './host-scan-options.ts'
import { addScanOptions, SWITCHES } from './options.ts'
import { addPersistentOptions } from './persistent-options.ts'
import { addDownloadCommand, addPolicyCommands, addVapCommands } from './policy-commands.ts'
import { addPolicySetOptions, readPolicyOptions } from './policy-options.ts'
import { print } from './print.ts'
import { addCacheOption, addConfigOptions } from './run-options.ts'
import type { Asked } from './settle-scan.ts'
import { Log, LOG_STYLES, renderProblem, terminalWidth, type LogStyle } from './terminal.ts'

/** How the command would end if it failed now. */
interface Attempt {
  codes: ExitCodes
  ending: Ending
  style: LogStyle
}

/** Runs the command line and gives the exit code: 0 success, 1 everything else unless codes were asked for. */
export async function runProgram(args: readonly string[]): Promise<number> {
  const cancel = new AbortController()
  // Once: whoever asks a second time does not want to wait for what is being put back in order.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => cancel.abort(new Failure('interrupted', 'Nothing was reported.')))
  const attempt: Attempt = { codes: typedExitCodes(args), ending: 'usage', style: namedStyle() }
  const program = makeProgram(cancel.signal, attempt)
  try {
    const spelt = spellOutExitCodes(spellOutSwitches(await withoutRefused(args)))
    await program.parseAsync(args.length === 0 ? ['help'] : spelt, { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError && isHelp(error)) return 0
    const refusal = error instanceof CommanderError ? await refusalOf(error, args) : undefined
    if (error instanceof CommanderError && refusal === undefined) return reportUsage(error, attempt)
    const { message, hint } = refusal ?? asFailure(error)
    new Log('info', attempt.style).write(
      'fatal',
      renderProblem({ code: 'cli/failure', message: `error: ${message}`, ...(hint === '' ? {} : { hint }) }),
    )
    return attempt.codes[cancel.signal.aborted ? 'error' : attempt.ending]
  }
}

/** The commands with their flags, for those who describe them. */
export function commandTree(): Command {
  const attempt: Attempt = { codes: typedExitCodes([]), ending: 'usage', style: namedStyle() }
  return makeProgram(new AbortController().signal, attempt)
}

/** The whole command tree. */
function makeProgram(signal: AbortSignal, attempt: Attempt): Command {
  const program = new Command('kubescape')
    .description('Tells whether what you run on Kubernetes is safe, and what to change.')
    .configureOutput({
      writeOut: print,
      writeErr: () => {},
      getOutHelpWidth: () => Math.min(process.stdout.columns || 100, 120),
    })
    .exitOverride()
    .enablePositionalOptions()
  program.option('--version', 'print the version')
  addScan(program, signal, attempt)
  addRbac(program)
  addExceptionCommands(program)
  addConfig(program)
  addPolicyCommands(program, typedOptions, signal)
  addDownloadCommand(program, typedOptions, signal)
  addVapCommands(program, typedOptions)
  addInit(program, signal)
  addOthers(program, signal)
  addPersistentOptions(program, typedOptions)
  return program
}

function addScan(program: Command, signal: AbortSignal, attempt: Attempt): void {
  const run = async (what: Asked, paths: readonly string[], command: Command): Promise<void> => {
    const { settleScan } = await import('./settle-scan.ts')
    const settled = await settleScan(what, paths, typedOptions(command))
    attempt.codes = settled.options.gates.exitCodes
    attempt.style = settled.options.run.logStyle
    const { runScan } = await import('./commands/scan.ts')
    process.exitCode = await runScan({ ...settled, paths, onBegin: () => (attempt.ending = 'error') }, signal)
  }
  const scan = addScanOptions(program.command('scan'))
    .description('Judge a cluster, or manifests: files, directories, globs, or - for standard input')
    .argument('[paths...]', 'what to scan; without any, the cluster of the current context')
    .action((paths: string[], _: object, command: Command) => run({}, paths, command))
  addScanOptions(scan.command('framework'))
    .description('Judge by one or more frameworks, such as nsa,mitre; all for every framework')
    .argument('<names>', 'framework names, separated by commas; kubescape list frameworks shows them')
    .argument('[paths...]', 'what to scan')
    .action((frameworks: string, paths: string[], _: object, command: Command) => run({ frameworks }, paths, command))
  addScanOptions(scan.command('control'))
    .description('Judge by one or more controls, by id or name')
    .argument('[controls]', 'control ids or names, separated by commas; all of them without any')
    .argument('[paths...]', 'what to scan')
    .action((controls: string | undefined, paths: string[], _: object, command: Command) =>
      run(controls === undefined ? { frameworks: 'allcontrols' } : { controls }, paths, command),
    )
  addScanOptions(scan.command('workload'))
    .description('Judge one workload, with what is related to it')
    .argument('<name>', '[namespace/]Kind[.version[.group]]/name, such as shop/Deployment/web')
    .argument('[paths...]', 'the manifests to look for it in; without any, the cluster')
    .option('-n, --namespace <name>', 'the namespace that it is in; default in a cluster: that of the context')
    .option('--api-version <version>', 'its apiVersion, such as apps/v1')
    .option('--file-path <file>', 'the file that it is in; of a chart the template')
    .option('--chart-path <chart>', 'the chart that it is rendered from')
    .action((workload: string, paths: string[], _: object, command: Command) => run({ workload }, paths, command))
  addRefusedCommand(scan, 'image')
}

/** A command that says why it is refused, whatever stands behind it. */
function addRefusedCommand(above: Command, name: string): void {
  above
    .command(name, { hidden: true })
    .argument('[arguments...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async () => {
      const { refusedCommand } = await import('./refuse.ts')
      throw refusedCommand([above.name(), name]) ?? new Failure(`${name} is refused`, '')
    })
}

function addRbac(program: Command): void {
  program
    .command('rbac')
    .description('What kubescape may do in a cluster')
    .command('generate')
    .description('Print the least roles for a scan: list, and only the types that the controls look at')
    .option('--frameworks <names>', 'frameworks to scan by; default: every one that applies to a cluster', collect)
    .option('--controls <ids>', 'controls to scan by, instead of frameworks', collect)
    .option('--namespaces <names>', 'the only namespaces to scan: a Role in each instead of rights in all', collect)
    .option('--enable-host-scan', 'also print what a scan with --enable-host-scan needs, in roles of their own')
    .option('--host-scan-namespace <name>', 'with that: the namespace to collect in, instead of one that is made')
    .option('--name <name>', 'name of the roles', 'kubescape')
    .option('--service-account <account>', 'also print this account (namespace/name) and bindings for it')
    .option('-f, --format <format>', 'yaml|json', 'yaml')
    .action(async (typed: Partial<RolesCommand> & Pick<RolesCommand, 'name' | 'format'>) => {
      const { renderRoles } = await import('./commands/rbac.ts')
      print(renderRoles({ frameworks: [], controls: [], namespaces: [], ...typed }))
    })
}

function addInit(program: Command, signal: AbortSignal): void {
  program
    .command('init')
    .description('Write settings for a project: a .kubescape.yaml that fits what lies there')
    .argument('[directory]', 'where', '.')
    .option('--force', 'replace what is there')
    .option('--baseline', 'also keep the failures that are there, so that only new ones fail')
    .action(async (directory: string, { force, baseline }: { force?: true; baseline?: true }) => {
      const { planProject, writeProject } = await import('./commands/init.ts')
      const project = planProject(directory, force === true, baseline === true)
      if (project.baselineFile !== undefined) {
        const { settleScan } = await import('./settle-scan.ts')
        const { runScan } = await import('./commands/scan.ts')
        const flags = { config: false, writeBaseline: project.baselineFile }
        const settled = await settleScan({ frameworks: project.frameworks.join(',') }, [directory], flags)
        await runScan({ ...settled, options: { ...settled.options, formats: [] }, paths: [directory] }, signal)
      }
      print(writeProject(project))
    })
}

function addConfig(program: Command): void {
  const config = program.command('config').description('Show settings and where they come from; keep some for all runs')
  addCacheOption(addConfigOptions(config.command('view')))
    .description('Show the settings that a scan would have, and where each comes from')
    .argument('[paths...]', 'what would be scanned; without any, the present directory')
    .option('-o, --output <format>', 'text|json|yaml')
    .option('-e, --include-empty', 'also what is not set')
    .action(async (paths: string[], _: object, command: Command) => {
      const { renderConfig } = await import('./commands/config.ts')
      print(await renderConfig(paths, typedOptions(command)))
    })
  addCacheOption(config.command('set'))
    .description('Keep a value: accessKey, accountID, cloudAPIURL or cloudReportURL')
    .argument('<key>', 'KEY, or KEY=VALUE')
    .argument('[value]', 'the value; - reads it from standard input')
    .action(async (key: string, value: string | undefined, _: object, command: Command) => {
      const { setConfig } = await import('./commands/config.ts')
      print(setConfig(value === undefined ? [key] : [key, value], typedOptions(command)))
    })
  addCacheOption(config.command('delete'))
    .description('Forget the values that are kept')
    .argument('[what]', 'cache, to forget what has been downloaded instead')
    .action(async (what: string | undefined, _: object, command: Command) => {
      const { deleteConfig } = await import('./commands/config.ts')
      print(deleteConfig(what, typedOptions(command)))
    })
}

function addOthers(program: Command, signal: AbortSignal): void {
  addDiffOptions(program.command('diff'))
    .description('Show what changed between two reports: new, resolved and unchanged failures')
    .argument('<base>', 'the older JSON report, or what scan --write-baseline has written')
    .argument('<head>', 'the newer one')
    .action(async (base: string, head: string, _: object, command: Command) => {
      const { runDiff } = await import('./commands/diff.ts')
      process.exitCode = await runDiff(base, head, typedOptions(command), signal)
    })
  addPolicySetOptions(program.command('list'))
    .description('List frameworks, controls, or the exceptions of files')
    .argument('<what>', 'frameworks, controls or exceptions')
    .argument('[files...]', 'with exceptions: the files')
    .option('-f, --format <format>', 'pretty-print|json|yaml|csv', 'pretty-print')
    .action(async (what: string, files: string[], { format }: { format: string }, command: Command) => {
      if (what === 'exceptions') return listExceptions(files, format)
      if (files.length > 0) throw new Failure(`list ${what} takes no files`, 'Leave them out.')
      const { renderList } = await import('./commands/list.ts')
      print(renderList(what, format, await catalogueOf(command)))
    })
  addPolicySetOptions(program.command('explain'))
    .description('Tell what a control looks for, why, and how to repair it')
    .argument('<controls>', 'control ids, names or section numbers, separated by commas')
    .action(async (controls: string, _: object, command: Command) => {
      const { renderExplanation } = await import('./commands/explain.ts')
      print(renderExplanation(controls.split(','), terminalWidth(), await catalogueOf(command)))
    })
  program
    .command('node-facts')
    .description(
      'Collect facts of the node that this runs on, to scan with the manifests of its cluster; docs/nodes.md',
    )
    .option('--root <directory>', 'where the root of the node is, such as /host in a Pod', '/')
    .option('--node-name <name>', 'name of the node in its cluster, where that is not the host name')
    .option(
      '--metadata-service',
      'ask whether the metadata service of the cloud (169.254.169.254) answers from here, for C-0052',
    )
    .option('-o, --output <file>', 'write the objects to this file instead of standard output')
    .option('-f, --format <format>', 'yaml|json', 'yaml')
    .option(
      '--publish <namespace/name>',
      'fill this Secret of the cluster that the Pod is in, as Pods of scan --enable-host-scan do',
    )
    .option('--kubeconfig <file>', 'with --publish, from outside of a Pod: the kubeconfig')
    .action(async (options: NodeFactsCommand, command: Command) => {
      const { runNodeFacts } = await import('./commands/node-facts.ts')
      process.exitCode = await runNodeFacts({ ...typedOptions(command), ...options }, signal)
    })
  addHostScanOptions(
    program
      .command('host-scan')
      .description('Show what scan --enable-host-scan makes in a cluster')
      .command('manifest')
      .description('Print it as manifests, for nodes by name; nothing is applied')
      .option('--nodes <names>', 'names of nodes, separated by commas', 'NODE_NAME'),
    'image',
    'namespace',
    'metadata',
    'timeout',
  ).action(async (options: HostScanManifestCommand) => {
    const { renderHostScanManifest } = await import('./commands/host-scan.ts')
    print(renderHostScanManifest(options))
  })
  program
    .command('version')
    .description('Print the version')
    .option('-f, --format <format>', 'text|json', 'text')
    .action(async ({ format }: { format: string }) => {
      const { readVersion, versionText } = await import('./version.ts')
      if (format !== 'text' && format !== 'json') {
        throw new Failure(`--format does not know "${format}"`, 'Use text or json.')
      }
      print(`${format === 'json' ? JSON.stringify(readVersion()) : versionText()}\n`)
    })
  program
    .command('update')
    .description('Tell how to get the newest version; nothing is looked up')
    .action(async () => {
      const { renderUpdate } = await import('./commands/update.ts')
      print(renderUpdate())
    })
  program
    .command('completion')
    .description('Print a completion script for a shell')
    .argument('<shell>', 'bash|zsh|fish|powershell')
    .action(async (shell: string) => {
      const { renderCompletion } = await import('./commands/completion.ts')
      print(renderCompletion(shell, program))
    })
}

/** What there is to list: built in, and of the policies that the flags name. */
async function catalogueOf(command: Command): Promise<Catalogue> {
  const options = readPolicyOptions(typedOptions(command))
  const { knownCatalogue } = await import('./policy/known-catalogue.ts')
  return knownCatalogue(options)
}

/** Names between commas; an empty entry stays, for whoever knows what it should have been. */
function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',').map((name) => name.trim())]
}

/** What was typed after a command and, before it, for the commands above: the nearest counts, and defaults never do. */
function typedOptions(command: Command): Record<string, unknown> {
  const above = command.parent === null ? {} : typedOptions(command.parent)
  const own = Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) !== 'default')
  return { ...above, ...Object.fromEntries(own) }
}

/** `--verbose=true` and `--verbose=false`, as other command lines write them. */
function spellOutSwitches(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const [, name, value] = /^--([\w-]+)=(true|false)$/i.exec(arg) ?? []
    if (name === undefined || !(SWITCHES as readonly string[]).includes(name)) return [arg]
    if (value?.toLowerCase() === 'true') return [`--${name}`]
    // Left out, it would mean what a file or the environment says.
    return name === 'help' ? [] : [`--no-${name.replace(/^enable-/, '')}`]
  })
}

function isOff(arg: string): boolean {
  return /^--[\w-]+=false$/i.test(arg)
}

/** Without `--flag=false` of a flag that is refused: not to do what cannot be had is no wish to refuse. */
async function withoutRefused(args: readonly string[]): Promise<readonly string[]> {
  if (!args.some(isOff)) return args
  const { refusedFlag } = await import('./refuse.ts')
  return args.filter((arg) => !isOff(arg) || refusedFlag(arg) === undefined)
}

/** Why a command or flag is refused that Kubescape has; undefined for what nobody knows. */
async function refusalOf({ code, message }: CommanderError, args: readonly string[]): Promise<Failure | undefined> {
  const { refusedCommand, refusedFlag } = await import('./refuse.ts')
  if (code === 'commander.unknownCommand') return refusedCommand(args)
  return code === 'commander.unknownOption' ? refusedFlag(/'([^']*)/.exec(message)?.[1] ?? '') : undefined
}

/** How to write about a command line that cannot be read. */
function namedStyle(): LogStyle {
  return LOG_STYLES[process.env['KS_LOGGER_NAME']?.trim().toLowerCase() ?? ''] ?? 'text'
}

function isHelp({ exitCode, code }: CommanderError): boolean {
  return exitCode === 0 || code === 'commander.help'
}

function reportUsage(error: CommanderError, { codes, style }: Attempt): number {
  const [first = '', ...rest] = error.message.split('\n')
  const message = first.replace(/^error: /, '')
  const hint = [...rest, 'kubescape help shows what there is.'].join(' ').trim()
  new Log('info', style).write('fatal', renderProblem({ code: 'cli/usage', message: `error: ${message}`, hint }))
  return codes.usage
}
