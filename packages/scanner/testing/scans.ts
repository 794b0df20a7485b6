/** Whole scans of a few objects, for tests. */
import { identityOf, type ValueMap } from '@kubescape/resources'
import type { ControlResult, Report } from '@kubescape/results'

import { makeInputs } from '../src/inputs.ts'
import { scan, type ScanRequest } from '../src/scan.ts'
import { selectControls, type Selection } from '../src/selection.ts'
import type { ResourceSource } from '../src/source.ts'

/** A source of these objects. */
export function sourceOf(objects: readonly ValueMap[]): ResourceSource {
  return {
    async *resources() {
      for (const object of objects) {
        const identity = identityOf(object)
        if (identity !== undefined) yield { identity, object }
      }
    },
    coverage: () => ({
      documents: { files: 1, unreadableFiles: 0, read: objects.length, unread: 0, notNeeded: 0, ignored: 0 },
      problems: [],
    }),
  }
}

/** What is the same of every scan here. */
export const metadata: ScanRequest['metadata'] = {
  generationTime: '2026-01-02T03:04:05Z',
  reportGuid: 'a-report',
  version: '0.0.0',
  targetType: 'framework',
  targetNames: [],
  input: { kind: 'stdin', paths: ['-'] },
  formats: [],
  includeNamespaces: [],
  excludeNamespaces: [],
  complianceThreshold: 0,
  verbose: false,
  controlsInputs: '',
  exceptions: '',
}

/** Scans objects as files, without inputs. */
export function scanWith(
  selection: Selection,
  objects: readonly ValueMap[],
  rest: Partial<ScanRequest> = {},
): Promise<Report> {
  const inputs = makeInputs(undefined)
  return scan({ selection, inputs, source: sourceOf(objects), target: 'file', filter: {}, metadata, ...rest })
}

/** Controls of the framework AllControls. */
export const of = (...ids: string[]): Selection => ({
  ...selectControls({ frameworks: ['AllControls'], include: ids }),
})
/** Controls that are asked for by name. */
export const named = (...ids: string[]): Selection => selectControls({ controls: ids })

/** An object in the namespace shop. */
export const object = (kind: string, name: string, rest: ValueMap = {}, apiVersion = 'v1'): ValueMap => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
})

/** What a report says of a control. */
export const resultOf = (report: Report, id: string): ControlResult | undefined =>
  report.controls.find(({ control }) => control.id === id)
