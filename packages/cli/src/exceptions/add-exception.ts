/** `kubescape exceptions add`: writes an exception into a file, and leaves everything else in it as it is. */
import fs from 'node:fs'

import { loadExceptionForms, selectControls } from '@kubescape/scanner'
import { decodeText, openDocument, splitDocuments, yamlText } from '@kubescape/yaml'

import { Failure } from '../failure.ts'
import { refuseErrors } from './exception-files.ts'
import { readReportedScan } from './reported-scan.ts'

/** What to accept, as it was typed. */
export interface NewException {
  readonly file: string
  readonly controls: readonly string[]
  /** `[namespace/]Kind/name`. */
  readonly resource: string
  readonly reason: string
  readonly owner?: string | undefined
  readonly expires?: string | undefined
  readonly name?: string | undefined
  /** A report that has the finding. */
  readonly from?: string | undefined
}

interface Entry {
  readonly name: string
  readonly reason: string
  readonly owner?: string
  readonly expires?: string
  readonly controls: readonly string[]
  readonly resources: readonly Scope[]
}

interface Scope {
  readonly namespace?: string
  readonly kind: string
  readonly name: string
}

/**
 * Writes it, and tells what was written.
 * @throws {Failure} for what makes no sense, for a file with errors, and for a finding that the report does not have
 */
export async function addException(wanted: NewException): Promise<string> {
  const { file, controls, resource, reason, owner, expires, from } = wanted
  if (reason.trim() === '') throw new Failure('--reason is empty', 'Say why it is accepted: who reads it will ask.')
  const ids = selectControls({ controls }).controls.map(({ id }) => id)
  const scope = readResource(resource)
  if (from !== undefined) requireFinding(from, ids, scope)
  const { readExceptions } = await loadExceptionForms()
  const before = readText(file)
  const { rules, problems } = readExceptions(before, file)
  refuseErrors(problems, '--file')
  const taken = new Set(rules.map(({ exception }) => exception.name))
  const entry: Entry = {
    name: freeName(
      wanted.name,
      `${ids.join('-')}-${scope.kind}-${scope.name}`.toLowerCase().replaceAll('*', 'any'),
      taken,
    ),
    reason: reason.trim(),
    ...(owner === undefined ? {} : { owner }),
    ...(expires === undefined ? {} : { expires }),
    controls: ids,
    resources: [scope],
  }
  const after = insert(before, entry, file)
  // What is written must say what was meant, and everything that was there before.
  const check = readExceptions(after, file)
  const error = check.problems.find(({ severity }) => severity === 'error')
  if (error !== undefined) throw new Failure(error.message, error.hint ?? 'Nothing was written.')
  if (check.rules.length !== rules.length + 1) throw unknownShape(file)
  replace(file, after)
  return `Wrote exception ${JSON.stringify(entry.name)} to ${file}\n`
}

function readResource(text: string): Scope {
  const parts = text.split('/').map((part) => part.trim())
  const [name = '', kind = '', namespace] = parts.toReversed()
  if (parts.length > 3 || name === '' || kind === '' || namespace === '') {
    throw new Failure(`--resource is "${text}"`, 'Write [namespace/]Kind/name, such as shop/Deployment/web.')
  }
  return { ...(namespace === undefined ? {} : { namespace }), kind, name }
}

function requireFinding(report: string, ids: readonly string[], { namespace, kind, name }: Scope): void {
  const scan = readReportedScan(report, `--from ${report}`)
  for (const id of ids) {
    const failed = scan.controls.find((control) => control.id === id)?.failures ?? []
    const identities = failed.flatMap(({ ref }) => scan.resources[ref]?.resource.identity ?? [])
    const isThere = identities.some(
      (each) =>
        each.name === name &&
        each.kind.toLowerCase() === kind.toLowerCase() &&
        (namespace === undefined || each.namespace === namespace),
    )
    if (isThere) continue
    const some = identities.slice(0, 3).map((each) => [each.namespace, each.kind, each.name].filter(Boolean).join('/'))
    throw new Failure(
      `${report} has no failure of ${id} on ${[namespace, kind, name].filter(Boolean).join('/')}`,
      some.length === 0 ? `Nothing failed ${id} there.` : `It has failures on ${some.join(', ')}.`,
    )
  }
}

function freeName(given: string | undefined, suggested: string, taken: ReadonlySet<string>): string {
  if (given !== undefined) {
    if (given.trim() === '' || taken.has(given)) {
      throw new Failure(`--name: "${given}" is ${taken.has(given) ? 'taken' : 'empty'}`, 'Choose another name.')
    }
    return given
  }
  let name = suggested
  for (let twin = 2; taken.has(name); twin++) name = `${suggested}-${twin}`
  return name
}

/** The text with the entry at the end of its list of exceptions, or in a list of its own. */
function insert(text: string, entry: Entry, file: string): string {
  const slices = splitDocuments(text)
  const [slice] = slices
  if (slice === undefined) return `${ended(text)}${yamlText({ exceptions: [entry] })}`
  const document = openDocument(text, slice)
  const [list, first] = document.locate(['exceptions', 'exceptions[0]'])
  if (slices.length === 1 && list?.exists === true) {
    if (text[list.valueStart] === '[') {
      const end = text.lastIndexOf(']', list.valueEnd)
      const head = text.slice(0, end).trimEnd()
      return `${head}${head.endsWith('[') || head.endsWith(',') ? '' : ','}\n${JSON.stringify(entry)}\n${text.slice(end)}`
    }
    if (first?.exists === true) {
      const indent = ' '.repeat(Math.max(0, first.column - 3))
      const lines = yamlText([entry]).trimEnd().split('\n')
      const newline = text.indexOf('\n', list.valueEnd)
      const end = newline < 0 ? text.length : newline + 1
      return `${ended(text.slice(0, end))}${lines.map((line) => `${indent}${line}\n`).join('')}${text.slice(end)}`
    }
  }
  if (/\.json$/i.test(file)) throw unknownShape(file)
  return `${ended(text)}---\n${yamlText({ exceptions: [entry] })}`
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

function unknownShape(file: string): Failure {
  return new Failure(`${file} has a shape that nothing can be added to`, 'Name another file with --file.')
}

function readText(file: string): string {
  let bytes: Uint8Array
  try {
    bytes = fs.readFileSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw new Failure(
      `--file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      'Name another.',
    )
  }
  const decoded = decodeText(bytes)
  if ('text' in decoded) return decoded.text
  throw new Failure(`--file ${file}: ${decoded.problem.message}`, decoded.problem.hint ?? 'Name another.')
}

/** In one step: whoever reads the file sees the old text or the new one. */
function replace(file: string, text: string): void {
  const target = fs.existsSync(file) ? fs.realpathSync(file) : file
  const temporary = `${target}.${process.pid}.tmp`
  try {
    const mode = fs.existsSync(target) ? fs.statSync(target).mode : 0o644
    fs.writeFileSync(temporary, text, { mode, flag: 'wx' })
    fs.renameSync(temporary, target)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    throw new Failure(
      `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`,
      'Name another.',
    )
  }
}
