/** A file of Rego as a control. */
import type { Check, ControlDeclaration } from '@kubescape/controls'
import { asMap, type ValueMap } from '@kubescape/resources'
import { problemText, type RegoProblem } from '@kubescape/rego'

import { Fields } from '../fields.ts'
import { lazyControl } from '../lazy-control.ts'
import { readHeader, type PolicyHeader } from '../metadata.ts'
import { ANYTHING } from '../policy-match.ts'
import type { PolicyFile } from '../policy-set.ts'
import type { PolicyOptions } from '../policy-options.ts'
import type { Problems } from '../problems.ts'
import { publishedCheck } from '../rule/published-check.ts'
import { simpleCheck } from '../rule/simple-check.ts'
import { failingCheck, unusableCheck } from '../rule/unusable.ts'
import type { Gatherings } from '../rule/whole-objects.ts'
import { filesFor, hasDeny, headerOf, packageOf, PUBLISHED_PACKAGE, type RegoFile } from './rego-files.ts'

/** A control with what its header says beside the declaration. */
export interface ReadControl {
  readonly control: ControlDeclaration
  readonly header: PolicyHeader
  readonly file: string
}

/** What a control without a header is: about every object, without a severity. */
export const NO_HEADER: PolicyHeader = {
  id: '',
  name: '',
  baseScore: 0,
  scope: [],
  match: ANYTHING,
  inputs: [],
  why: '',
  repair: '',
  frameworks: [],
  replaces: false,
}

/** What controls of Rego are made with. */
export interface Workshop {
  readonly libraries: readonly RegoFile[]
  readonly gatherings: Gatherings
  readonly options: PolicyOptions
  readonly problems: Problems
}

/** Reads a control. `sidecar` are the fields of a file beside it, which go before its metadata. */
export function readRegoControl(file: RegoFile, sidecar: Fields | undefined, workshop: Workshop): ReadControl {
  const { problems } = workshop
  const header = sidecar === undefined ? ownHeader(file, problems) : readHeader(sidecar)
  const name = baseName(file.path)
  if (header.isUnusable === true) {
    return { control: declare(header, name, () => unusableCheck(name, file.path)), header, file: file.path }
  }
  const isList = header.input === undefined ? packageOf(file.module) === PUBLISHED_PACKAGE : header.input === 'list'
  if (!isList && !hasDeny(file.module)) {
    const hint = 'Write deny contains "..." if { ... }, or leave the header out if it is a library.'
    const place = { file: file.path, line: file.module.package.location.row }
    const failing = (): Check => failingCheck(name, 'policy/no-rule', 'the control has no rule deny', hint, place)
    return { control: declare(header, name, failing), header, file: file.path }
  }
  const files = filesFor(file, workshop.libraries)
  const about = { name, match: header.match, inputs: header.inputs }
  const source = { name: `policy ${file.path}`, file: file.path, files, package: file.module.package.path }
  const { gatherings, options } = workshop
  const make = (): Check =>
    isList
      ? publishedCheck({ ...about, program: source, collected: [], providers: [] }, gatherings, options)
      : simpleCheck({ ...about, program: { ...source, rule: 'deny' } }, options)
  return { control: declare(header, name, make), header, file: file.path }
}

/** The control of a file that cannot be parsed: nobody knows what it is about, so all that it says is skipped. */
export function unreadableControl({
  path,
  problems,
}: PolicyFile & { readonly problems: readonly RegoProblem[] }): ReadControl {
  const [problem] = problems
  const place =
    problem?.location === undefined
      ? { file: path }
      : { file: path, line: problem.location.row, column: problem.location.column }
  const message = problem === undefined ? 'it is empty' : problemText({ code: problem.code, message: problem.message })
  const sentence = `policy ${path} cannot be read: ${message}`
  const hint = problem?.hint ?? 'Correct it.'
  const name = baseName(path)
  const failing = (): Check => failingCheck(name, 'policy/invalid-rego', sentence, hint, place)
  return { control: declare(NO_HEADER, name, failing), header: NO_HEADER, file: path }
}

/** The declaration of a control, by its header. */
function declare(header: PolicyHeader, name: string, make: () => Check): ControlDeclaration {
  const { id: written, baseScore, category, scope, why, repair, actionRequired } = header
  const id = written === '' ? `custom-${name}` : written
  const declaration = {
    id,
    name: header.name === '' ? id : header.name,
    baseScore,
    ...(category === undefined ? {} : { category }),
    scope,
    ...(actionRequired === undefined ? {} : { actionRequired }),
    why: why === '' ? `The policy ${name} says what is wrong.` : why,
    repair: repair === '' ? `Change what the policy ${name} names.` : repair,
    isForeign: true as const,
  }
  return lazyControl(declaration, () => [make()])
}

function ownHeader(file: RegoFile, problems: Problems): PolicyHeader {
  const annotation = headerOf(file.module)
  if (annotation === undefined) return NO_HEADER
  const { title, description, custom } = annotation.data as ValueMap
  const texts: ValueMap = {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
  }
  const place = { file: file.path, line: annotation.location.row }
  return readHeader(new Fields({ ...texts, ...asMap(custom) }, problems, () => place))
}

/** The name of the file without folders and ending. */
function baseName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
