/** The filters: hidden until the script, without which they could do nothing, brings them to life. */
import { SEVERITIES, type Status } from '@kubescape/results'

import { STATUS_NAMES, type Page } from './page.ts'

const STATUSES: readonly Status[] = ['failed', 'excluded', 'skipped', 'passed']

/** The bar between the overview and the findings. */
export function* renderToolbar({ report }: Page): Generator<string> {
  const severities = SEVERITIES.filter(
    (name) => name !== 'Unknown' || report.controls.some(({ severity }) => severity === name),
  )
  yield '<form id="filters" class="band-filters" role="search" aria-label="Filter controls and resources" hidden><div class="wide">\n'
  yield '<div class="row"><label class="find"><span>Search</span><input type="search" id="find" autocomplete="off" spellcheck="false" placeholder="Names, controls, files, fields, values"></label>'
  yield select('framework', 'Framework', 'All frameworks')
  yield select('namespace', 'Namespace', 'All namespaces')
  yield select('kind', 'Kind', 'All kinds')
  yield '<button type="reset">Reset</button></div>\n'
  yield '<div class="row">'
  yield boxes(
    'Severity',
    'severity',
    severities.map((name) => [name.toLowerCase(), name]),
  )
  yield boxes(
    'Status',
    'status',
    STATUSES.map((status) => [status, STATUS_NAMES[status]]),
  )
  yield '<p class="result"><output id="count" aria-live="polite"></output></p></div>\n</div></form>\n'
}

function select(id: string, label: string, all: string): string {
  return `<label><span>${label}</span><select id="${id}"><option value="">${all}</option></select></label>`
}

function boxes(legend: string, name: string, entries: readonly (readonly [string, string])[]): string {
  const inputs = entries.map(
    ([value, label]) =>
      `<label><input type="checkbox" name="${name}" value="${value}" checked> ${name === 'severity' ? `<span class="dot ${value}"></span>` : ''}${label}</label>`,
  )
  return `<fieldset><legend>${legend}</legend>${inputs.join('')}</fieldset>`
}
