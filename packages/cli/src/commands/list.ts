/** `kubescape list`: frameworks and controls, for people and programs. */
import { severityOf, type Catalogue } from '@kubescape/controls'

import { Failure } from '../failure.ts'

const FORMATS = ['pretty-print', 'json', 'yaml', 'csv']

interface Listed {
  readonly id: string
  readonly name: string
  readonly severity: string
  readonly frameworks: readonly string[]
}

/**
 * The text of a list of what a catalogue has.
 * @throws {Failure} for something that cannot be listed, or an unknown format
 */
export function renderList(what: string, format: string, catalogue: Catalogue): string {
  if (!FORMATS.includes(format))
    throw new Failure(`--format does not know "${format}"`, `Use one of ${FORMATS.join(', ')}.`)
  if (what === 'frameworks') return renderNames(catalogue.frameworks.map(({ name }) => name).toSorted(byName), format)
  if (what === 'controls') return renderControls(listControls(catalogue), format)
  throw new Failure(
    `"${what}" cannot be listed`,
    'Use kubescape list frameworks or kubescape list controls, or kubescape list exceptions with files.',
  )
}

function listControls(known: Catalogue): Listed[] {
  return known.controls.map(({ id, name, baseScore }) => ({
    id,
    name,
    severity: severityOf(baseScore),
    frameworks: known.frameworks.filter(({ controls }) => controls.includes(id)).map((framework) => framework.name),
  }))
}

function renderNames(names: readonly string[], format: string): string {
  if (format === 'json') return `${JSON.stringify(names)}\n`
  const lines =
    format === 'yaml' ? names.map((name) => `- ${JSON.stringify(name)}`) : format === 'csv' ? ['name', ...names] : names
  return `${lines.join('\n')}\n`
}

function renderControls(controls: readonly Listed[], format: string): string {
  if (format === 'json') return `${JSON.stringify(controls)}\n`
  if (format === 'yaml') {
    return controls
      .map(
        ({ id, name, severity, frameworks }) =>
          `- id: ${JSON.stringify(id)}\n  name: ${JSON.stringify(name)}\n  severity: ${JSON.stringify(severity)}\n  frameworks: ${JSON.stringify(frameworks)}\n`,
      )
      .join('')
  }
  if (format === 'csv') {
    const rows = controls.map(({ id, name, frameworks }) => [id, name, frameworks.join(';')].map(csvCell).join(','))
    return `${['id,name,frameworks', ...rows].join('\n')}\n`
  }
  return `${controls
    .map(
      ({ id, name, severity, frameworks }) =>
        `${id}  ${severity.padEnd(8)}  ${name}\n${' '.repeat(18)}${frameworks.join(', ')}`,
    )
    .join('\n')}\n`
}

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true, sensitivity: 'base' })
}
