/** `kubescape explain`: what a control looks for, why, how to repair it, and what bad and good manifests look like. */
import { describeControl, type Catalogue, type ControlDescription } from '@kubescape/controls'
import { selectControls } from '@kubescape/scanner'

import { readExamples } from '../examples.ts'

const WIDEST = 100
const SCOPES: Readonly<Record<string, string>> = { cluster: 'clusters', file: 'files', cloud: 'clouds' }

/**
 * The text about one or more controls, by id, name or section number.
 * @throws {SelectionError} for controls that do not exist, and for those that this version does not judge
 */
export function renderExplanation(names: readonly string[], width: number, known: Catalogue): string {
  const { controls } = selectControls({ controls: names }, known)
  return controls
    .map((control) => explain(describeControl(control, known.frameworks), Math.min(width, WIDEST)))
    .join('\n')
}

function explain(about: ControlDescription, width: number): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Severity', `${about.severity} (base score ${about.baseScore})`],
    ['Category', about.category],
    ['Applies to', about.scope.map((scope) => SCOPES[scope] ?? scope).join(', ')],
    ['Looks at', about.kinds.join(', ')],
    [
      'Frameworks',
      about.frameworks.map(({ name, number }) => (number === undefined ? name : `${name} ${number}`)).join(', '),
    ],
  ]
  const { bad, good, inputs } = readExamples(about.id)
  return [
    `${about.id}  ${about.name}`,
    '',
    ...facts.filter(([, text]) => text !== '').map(([name, text]) => wrap(text, width, name.padEnd(12), 12)),
    '',
    ...section('Why', [wrap(about.why, width, '  ')]),
    ...section('How to repair', [wrap(about.repair, width, '  ')]),
    ...(about.requirement === '' ? [] : [wrap(about.requirement, width, '  '), '']),
    ...section(
      'Inputs (--controls-config)',
      about.inputs.map((input) => inputText(input, width)),
    ),
    ...section('Fails', indented(bad)),
    ...section('Passes', indented(good)),
    ...section('Both with --controls-config', indented(inputs)),
    ...section(
      'References',
      about.references.map(({ title, url }) => `  ${title}\n    ${url}`),
    ),
  ].join('\n')
}

function section(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [title, ...texts, '']
}

/** Lines as they stand: a manifest that is wrapped is no manifest any more. */
function indented(text: string | undefined): string[] {
  if (text === undefined) return []
  return text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
}

function inputText({ name, type, about, defaults }: ControlDescription['inputs'][number], width: number): string {
  const text = `list of ${type} values; default: ${defaults.length === 0 ? 'empty' : defaults.join(', ')}`
  return `${wrap(`${name}: ${about}`, width, '  ', 4)}\n${wrap(text, width, '    ', 4)}`
}

function wrap(text: string, width: number, first: string, indent = first.length): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line)
      line = ' '.repeat(indent)
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line].join('\n')
}
