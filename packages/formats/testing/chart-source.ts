/** A chart that was rendered by hand as a source of resources: a template, what came of it with two sets of values, and a map. */
import { identityOf, type Origin, type Resource } from '@kubescape/resources'
import type { ResourceSource, SourceCoverage } from '@kubescape/scanner'
import { isValueMap, openDocument, splitDocuments } from '@kubescape/yaml'

import type { Originals } from '../src/evidence.ts'

/** The template of the chart. */
export const TEMPLATE = `{{- $name := "web" }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ $name }}
  namespace: shop
spec:
  containers:
    - name: web
      image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
      securityContext:
        privileged: {{ .Values.privileged }}
      env:
        - name: TOKEN
          value: literal-hunter2
        - name: PASSWORD
          value: {{ .Values.password | default "default-hunter2" }}
`

const FILE = 'web/templates/pod.yaml'
const VALUES = 'web/values.yaml'

/** The rendered text: a line less than the template has, as its first line writes nothing. */
function rendered(tag: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: "nginx:${tag}"
      securityContext:
        privileged: true
      env:
        - name: TOKEN
          value: literal-hunter2
        - name: PASSWORD
          value: default-hunter2
`
}

/** The resources of the chart, with each set of values. */
export class ChartSource implements ResourceSource {
  readonly originals: Originals
  readonly #sets = new Map([
    ['dev', rendered('dev')],
    ['prod', rendered('1.0.0')],
  ])

  constructor() {
    const textOf = ({ rendered: from }: Origin): string => this.#sets.get(from?.valueSet ?? '') ?? ''
    this.originals = {
      text: textOf,
      document: (origin) => openDocument(textOf(origin), { start: origin.start, end: origin.end, line: 1 }),
      sourceText: (_, file) => (file === FILE ? TEMPLATE : undefined),
      place: (_, { line, column, endLine, endColumn }, path) => ({
        file: FILE,
        line: line + 1,
        column,
        endLine: endLine + 1,
        endColumn,
        calls: path.endsWith('privileged') ? [{ file: 'web/templates/_helpers.tpl', line: 3 }] : [],
        values: path.endsWith('privileged')
          ? [{ path: '.Values.privileged', use: 'change', file: VALUES, line: 7 }]
          : path.endsWith('image')
            ? ['repository', 'tag'].map((key) => ({
                path: `.Values.image.${key}`,
                use: 'part' as const,
                file: VALUES,
                line: 2,
              }))
            : [{ path: `.Values.podSecurityContext`, use: 'set', file: VALUES, line: 0 }],
      }),
      valuePaths: () => ['.Values.privileged', '.Values.image.tag'],
      spans: (origin, start, end) => {
        const found = textOf(origin).slice(start, end)
        if (found.startsWith('literal')) {
          const at = TEMPLATE.indexOf(found)
          return [{ file: FILE, start: at, end: at + found.length, isLiteral: true }]
        }
        const at = TEMPLATE.indexOf('{{ .Values.password')
        return [{ file: FILE, start: at, end: TEMPLATE.length, isLiteral: false }]
      },
    }
  }

  async *resources(): AsyncGenerator<Resource> {
    for (const [valueSet, text] of this.#sets) {
      for (const slice of splitDocuments(text)) {
        const { value } = openDocument(text, slice)
        const identity = identityOf(value)
        if (identity === undefined || !isValueMap(value)) continue
        const origin: Origin = {
          file: FILE,
          relativePath: FILE,
          fileType: 'Helm Chart',
          start: slice.start,
          end: slice.end,
          line: 2,
          itemPath: '',
          ordinal: 0,
          rendered: { kind: 'chart', path: 'web', name: 'web', template: 'templates/pod.yaml', valueSet },
        }
        yield { identity, object: value, origin }
      }
    }
  }

  coverage(): SourceCoverage {
    const documents = { files: 1, unreadableFiles: 0, read: this.#sets.size, unread: 0, notNeeded: 0, ignored: 0 }
    return { documents, problems: [] }
  }
}
