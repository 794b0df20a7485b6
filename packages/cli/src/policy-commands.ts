/** `kubescape policy`, `download` and `vap`: policies of one's own, evaluated, tested, written and fetched. */
import type { Command } from 'commander'

import { addPolicySetOptions } from './policy-options.ts'
import { print } from './print.ts'
import { addCacheOption } from './run-options.ts'

type TypedOf = (command: Command) => Record<string, unknown>

/** Adds `policy` and what is below it. */
export function addPolicyCommands(program: Command, typedOptions: TypedOf, signal: AbortSignal): void {
  const policy = program
    .command('policy')
    .description(
      'Controls of your own in Rego and CEL: evaluate, test, check, lay out, measure; docs/policy-commands.md',
    )
  addEvaluation(policy, typedOptions)
  addUpkeep(policy, typedOptions)
  addSets(policy, typedOptions, signal)
}

function addEvaluation(policy: Command, typedOptions: TypedOf): void {
  addQueryOptions(policy.command('eval'))
    .description('Evaluate a Rego query, as opa eval does')
    .argument('<query>', 'such as data.shop.deny')
    .option('-f, --format <format>', 'json|pretty|values|bindings|raw', 'json')
    .option('--strict-builtin-errors', 'an error of a builtin ends the evaluation')
    .option('--profile', 'also tell which lines cost most steps')
    .option('--coverage', 'also tell which lines were reached')
    .option('--fail', 'exit 1 where the query has no solution')
    .option('--fail-defined', 'exit 1 where it has one')
    .action(async (query: string, _: object, command: Command) => {
      const { runEval } = await import('./policy/eval-command.ts')
      process.exitCode = runEval(query, typedOptions(command))
    })
  addQueryOptions(policy.command('bench'))
    .description('Measure what loading and evaluating a query costs')
    .argument('<query>', 'such as data.shop.deny')
    .option('-f, --format <format>', 'pretty|json', 'pretty')
    .option('--count <number>', 'evaluate this often; default: for a second')
    .action(async (query: string, _: object, command: Command) => {
      const { runBench } = await import('./policy/bench-command.ts')
      process.exitCode = runBench(query, typedOptions(command))
    })
  policy
    .command('test')
    .description('Run the tests of Rego policies, as opa test does; exit 1 for failures')
    .argument('[paths...]', 'files and folders of Rego and data', ['.'])
    .option('-v, --verbose', 'show passed tests too, and why others failed')
    .option('-r, --run <regex>', 'only tests with such names, such as data.shop_test.test_latest')
    .option('--coverage', 'print which lines the tests reached, as JSON, instead of the results')
    .option('--threshold <percent>', 'exit 1 where less than this is covered')
    .option('-f, --format <format>', 'pretty|json|junit', 'pretty')
    .option('--timeout <time>', 'the longest that a test may take; default: 5s')
    .option('--limit-steps <number>', 'the most steps that a test may take')
    .option('--v0-compatible', 'read Rego v0')
    .action(async (paths: string[], _: object, command: Command) => {
      const { runTests } = await import('./policy/test-command.ts')
      process.exitCode = runTests(paths, typedOptions(command))
    })
}

function addUpkeep(policy: Command, typedOptions: TypedOf): void {
  policy
    .command('check')
    .description('Find everything that is wrong with policies: Rego, CEL, headers, frameworks; exit 1 for problems')
    .argument('[paths...]', 'files and folders', ['.'])
    .option('-S, --strict', 'unused variables and imports, and deprecated builtins, are wrong too')
    .option('-f, --format <format>', 'pretty|json', 'pretty')
    .option('--v0-compatible', 'read Rego v0')
    .action(async (paths: string[], _: object, command: Command) => {
      const { runCheck } = await import('./policy/check-command.ts')
      process.exitCode = runCheck(paths, typedOptions(command))
    })
  policy
    .command('fmt')
    .description('Lay out Rego files as opa fmt does; prints them, or standard input without paths')
    .argument('[paths...]', 'files and folders')
    .option('-w, --write', 'write into the files')
    .option('-d, --diff', 'show what would change')
    .option('-l, --list', 'list the files that would change')
    .option('--fail', 'exit 1 where a file would change')
    .option('--v0-compatible', 'read and write Rego v0')
    .action(async (paths: string[], _: object, command: Command) => {
      const { runFormat } = await import('./policy/fmt-command.ts')
      process.exitCode = runFormat(paths, typedOptions(command))
    })
  policy
    .command('new')
    .description('Start a control: its policy with a header, tests, and manifests to try it on')
    .argument('<directory>', 'a new folder; its name becomes the id and the package')
    .option('--language <language>', 'rego|cel', 'rego')
    .action(async (directory: string, { language }: { language: string }) => {
      const { newControl } = await import('./policy/new-command.ts')
      print(newControl(directory, language))
    })
}

function addSets(policy: Command, typedOptions: TypedOf, signal: AbortSignal): void {
  addPolicySetOptions(addCacheOption(policy.command('lock')))
    .description('Write down the digests of policies, for scan --policy-lock')
    .option('-o, --output <file>', 'default: .kubescape-policies.lock')
    .action(async (_: object, command: Command) => {
      const { runLock } = await import('./policy/lock-command.ts')
      runLock(typedOptions(command))
    })
  policy
    .command('diff')
    .description('Judge the same files by two policy sets, and show where verdicts differ')
    .argument('<paths...>', 'what to judge')
    .option('--left <set>', 'built-in, or a file or folder of policies, published or of your own', 'built-in')
    .requiredOption('--right <set>', 'the other set')
    .option('--as-cluster', 'the files are a dump of a cluster: run the controls that apply to clusters too')
    .option('-f, --format <format>', 'pretty|json', 'pretty')
    .option('--fail', 'exit 1 where verdicts differ')
    .action(async (paths: string[], _: object, command: Command) => {
      const { runPolicyDiff } = await import('./policy/diff-command.ts')
      process.exitCode = await runPolicyDiff(paths, typedOptions(command), signal)
    })
}

/** Adds `download`. */
export function addDownloadCommand(program: Command, typedOptions: TypedOf, signal: AbortSignal): void {
  addCacheOption(program.command('download'))
    .description(
      'Fetch published controls, for scan --use-from and --use-default: the only command that looks for them',
    )
    .argument('<what>', 'artifacts, framework, control, controls-inputs, exceptions or attack-tracks')
    .argument('[name]', 'of a framework; without it all of them. Of a control its id')
    .option('-o, --output <path>', 'a folder, or a file that ends in .json; default: the folder of --cache-dir')
    .option('--controls-version <tag>', 'of this release; default: the newest. Kept for scan --controls-version')
    .option('--from <url>', 'from a copy of a release at this address')
    .option('--ca <file>', 'certificates to trust instead of the usual ones, as PEM')
    .option('--offline', 'use no network, which refuses this command')
    .action(async (what: string, name: string | undefined, _: object, command: Command) => {
      const { runDownload } = await import('./commands/download.ts')
      process.exitCode = await runDownload(what, name, typedOptions(command), signal)
    })
}

/** Adds `vap`. */
export function addVapCommands(program: Command, typedOptions: TypedOf): void {
  const vap = program
    .command('vap')
    .description('Admission policies of Kubernetes, in CEL, for the controls that an API server can judge')
  vap
    .command('deploy-library')
    .description('Print the policies, with the type and an object of their parameters, to be applied to a cluster')
    .option('-o, --output <file>', 'write them to this file instead of standard output')
    .option('--controls-config <file>', 'control inputs for the object of parameters; default: the built-in ones')
    .action(async (_: object, command: Command) => {
      const { runDeployLibrary } = await import('./commands/vap.ts')
      runDeployLibrary(typedOptions(command))
    })
  vap
    .command('create-policy-binding')
    .description('Print a binding, which puts a policy into effect')
    .requiredOption('-n, --name <name>', 'its name')
    .option('-p, --policy <name>', 'the policy, by its name')
    .option('-c, --control <id>', 'or by the control that it is for, such as C-0057')
    .option('--namespace <names>', 'in these namespaces only; may be repeated', collect)
    .option('--label <key=value>', 'for objects with this label only; may be repeated', collectWhole)
    .option('-a, --action <action>', 'Deny|Warn|Audit; may be repeated; default: Deny', collectWhole)
    .option('--resource-rule <rule>', 'for group/version/resource only, such as apps/v1/deployments', collectWhole)
    .option('-r, --parameter-reference <name>', 'the object of parameters, where the policy takes some')
    .option('-o, --output <file>', 'write it to this file instead of standard output')
    .action(async (_: object, command: Command) => {
      const { runCreateBinding } = await import('./commands/vap.ts')
      runCreateBinding(typedOptions(command))
    })
}

/** Flags of commands that evaluate a query. */
function addQueryOptions(command: Command): Command {
  return command
    .option('-d, --data <path>', 'a file or folder of Rego, JSON and YAML; may be repeated', collectWhole)
    .option('--data-file <file>', 'a JSON or YAML file with what lies below data; may be repeated', collectWhole)
    .option('-i, --input <file>', 'the input: a JSON or YAML file, or - for standard input')
    .option('-S, --strict', 'unused variables and imports, and deprecated builtins, are errors')
    .option('--v0-compatible', 'read Rego v0; without it v1, and v0 where that fails')
    .option('--limit-steps <number>', 'the most steps of an evaluation')
}

function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, ...value.split(',').map((each) => each.trim())]
}

function collectWhole(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value]
}
