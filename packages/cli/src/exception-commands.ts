/** `kubescape exceptions`: writes, checks, tries and lists exceptions. */
import type { Command } from 'commander'

import { print } from './print.ts'

/** Where exceptions are kept unless another file is named. */
const DEFAULT_FILE = '.kubescape-exceptions.yaml'

/** Adds the commands. */
export function addExceptionCommands(program: Command): void {
  const exceptions = program
    .command('exceptions')
    .description('Accept findings: write, check, try and list exceptions; docs/exceptions.md')
  exceptions
    .command('add')
    .description('Accept what a control finds on a resource: write that into a file, which scan --exceptions takes')
    .requiredOption('--control <ids>', 'the controls, separated by commas')
    .requiredOption('--resource <resource>', '[namespace/]Kind/name, such as shop/Deployment/web; * is a wildcard')
    .requiredOption('--reason <text>', 'why it is accepted')
    .option('--owner <name>', 'who answers for it')
    .option('--expires <date>', 'when it ends, such as 2027-03-31')
    .option('--name <name>', 'its name; default: made of control and resource')
    .option('--from <report>', 'a JSON report that must have the finding')
    .option('--file <file>', 'the file to write into', DEFAULT_FILE)
    .action(async (typed: Record<string, string>) => {
      const { runAdd } = await import('./commands/exceptions.ts')
      print(await runAdd(typed))
    })
  exceptions
    .command('lint')
    .description('Check files of exceptions, and say where they are wrong; exit 1 for errors')
    .argument('[files...]', `default: ${DEFAULT_FILE}`)
    .action(async (files: string[]) => {
      const { runLint } = await import('./commands/exceptions.ts')
      const { text, errors } = await runLint(orDefault(files))
      print(text)
      process.exitCode = errors > 0 ? 1 : 0
    })
  exceptions
    .command('test')
    .description('Tell what files of exceptions would cover in a report, without scanning again')
    .argument('[files...]', `default: ${DEFAULT_FILE}`)
    .requiredOption('--report <report>', 'a report of scan --format json')
    .option('-f, --format <format>', 'pretty-print|json', 'pretty-print')
    .action(async (files: string[], { report, format }: { report: string; format: string }) => {
      const { runTest } = await import('./commands/exceptions.ts')
      print(await runTest(orDefault(files), report, format))
    })
  exceptions
    .command('list')
    .description('List the exceptions of files')
    .argument('[files...]', `default: ${DEFAULT_FILE}`)
    .option('-f, --format <format>', 'pretty-print|json|yaml|csv', 'pretty-print')
    .action((files: string[], { format }: { format: string }) => listExceptions(files, format))
}

/** Also `kubescape list exceptions`. */
export async function listExceptions(files: readonly string[], format: string): Promise<void> {
  const { runList } = await import('./commands/exceptions.ts')
  print(await runList(orDefault(files), format))
}

function orDefault(files: readonly string[]): readonly string[] {
  return files.length === 0 ? [DEFAULT_FILE] : files
}
