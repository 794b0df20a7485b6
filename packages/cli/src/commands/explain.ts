/** `kubescape explain`: what a control looks for, why, and how to repair it. */
import { describeControl, type ControlDescription } from '@kubescape/controls'
import { selectControls } from '@kubescape/scanner'

/**
 * The text about one or more controls, by id, name or section number.
 * @throws {SelectionError} for controls that do not exist, and for those that this version does not judge
 */
export function renderExplanation(names: readonly string[], width: number): string {
  const { controls } = selectControls({ controls: names })
  return controls.map((control) => explain(describeControl(control), width)).join('\n')
}

function explain(about: ControlDescription, width: number): string {
  const paragraph = (text: string): string => wrap(text, Math.min(width, 100), '  ')
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
  return [
    `${about.id}  ${about.name}`,
    '',
    ...facts
      .filter(([, text]) => text !== '')
      .map(([name, text]) => wrap(text, Math.min(width, 100), name.padEnd(12), 12)),
    '',
    'Why',
    paragraph(about.why),
    '',
    'How to repair',
    paragraph(about.repair),
    '',
    ...(about.requirement === '' ? [] : [paragraph(about.requirement), '']),
    ...(about.inputs.length === 0
      ? []
      : ['Inputs (--controls-config)', ...about.inputs.map((input) => inputLine(input, Math.min(width, 100))), '']),
  ].join('\n')
}

const SCOPES: Readonly<Record<string, string>> = { cluster: 'clusters', file: 'files', cloud: 'clouds' }

function inputLine({ name, defaults }: ControlDescription['inputs'][number], width: number): string {
  return wrap(`${name}: ${defaults.length === 0 ? 'empty' : defaults.join(', ')}`, width, '  ', 4)
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
