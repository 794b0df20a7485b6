/** What a JSON report (layout v3) says, for exceptions. */
import { asList, asText, field, identityOf, type Identity, type Resource, type Value } from '@kubescape/resources'
import type { Status } from '@kubescape/results'
import type { ReportedControl, ReportedResource, ReportedScan } from '@kubescape/scanner'

import { readJsonFile } from '../baseline/read-snapshot-file.ts'
import { Failure } from '../failure.ts'

/**
 * Reads the report in a file.
 * @throws {Failure} for files that are no reports, or in another layout
 */
export function readReportedScan(file: string, flag: string): ReportedScan {
  const report = readJsonFile(file, flag) as Value
  if (field(report, 'metadata', 'scanMetadata', 'formatVersion') !== 'v3') {
    throw new Failure(
      `${flag}: this is no JSON report in layout v3`,
      'Give what kubescape scan --format json has written.',
    )
  }
  const entries = asList(field(report, 'resources'))
  const refs = new Map(entries.map((entry, ref): [string, number] => [text(entry, 'resourceID'), ref]))
  return {
    frameworks: asList(field(report, 'summaryDetails', 'frameworks')).map((each) => text(each, 'name')),
    resources: entries.map((entry) => resourceOf(entry, refs)),
    controls: asList(field(report, 'results')).map((each) => controlOf(each, refs)),
  }
}

function resourceOf(entry: Value, refs: ReadonlyMap<string, number>): ReportedResource {
  const object = field(entry, 'object') ?? {}
  const identity = identityOf(object) ?? subjectOf(object)
  const related = asList(field(object, 'relatedObjects')).flatMap((each) => refs.get(text(each, 'resourceID')) ?? [])
  const source = field(entry, 'source')
  const resource: Resource = {
    identity,
    object: object as Resource['object'],
    ...(source === undefined
      ? {}
      : {
          origin: {
            file: text(source, 'path'),
            relativePath: text(source, 'relativePath'),
            fileType: text(source, 'fileType') === 'JSON' ? 'JSON' : 'YAML',
            start: 0,
            end: 0,
            line: Number(field(source, 'line') ?? 1),
            itemPath: '',
            ordinal: 0,
          },
        }),
  }
  return { id: text(entry, 'resourceID'), resource, ...(related.length === 0 ? {} : { related }) }
}

/** Subjects of role bindings are no objects. */
function subjectOf(object: Value): Identity {
  const [group, kind, namespace, name] = ['apiGroup', 'kind', 'namespace', 'name'].map((member) => text(object, member))
  return { group: group ?? '', version: '', kind: kind ?? '', namespace: namespace ?? '', name: name ?? '' }
}

function controlOf(entry: Value, refs: ReadonlyMap<string, number>): ReportedControl {
  const number = (name: string): number => Number(field(entry, 'resourcesResult', name) ?? 0)
  const failed = asList(field(entry, 'resources')).filter((each) => text(each, 'status') === 'failed')
  return {
    id: text(entry, 'controlID'),
    status: text(entry, 'status') as Status,
    counters: {
      passed: number('passedResources'),
      failed: number('failedResources'),
      skipped: number('skippedResources'),
      excluded: number('excludedResources'),
    },
    compliance: Number(field(entry, 'complianceScore') ?? 0),
    failures: failed.flatMap((each) => {
      const ref = refs.get(text(each, 'resourceID'))
      const paths = asList(field(each, 'findings')).map((finding) => text(finding, 'path'))
      return ref === undefined ? [] : [{ ref, paths }]
    }),
  }
}

function text(value: Value, name: string): string {
  return asText(field(value, name)) ?? ''
}
