/** The results of a JSON report: by resource (layout v2, and what other programs write of it) or by control (v3). */
import { asList, asText, asTexts, field, type Value } from '@kubescape/resources'

import { stablePath } from '../comparison-key.ts'
import type { ReadResources } from './read-resources.ts'
import { commandEvidence, NO_EVIDENCE, type SnapshotEvidence, type SnapshotVerdict } from './snapshot.ts'

/** Reads layout v2. */
export function readByResource(results: readonly Value[], resources: ReadResources): void {
  for (const result of results) {
    const id = asText(field(result, 'resourceID'))
    if (id === undefined) continue
    for (const control of asList(field(result, 'controls'))) {
      const status = statusOf(control)
      const controlID = asText(field(control, 'controlID'))
      if (status === undefined || controlID === undefined) continue
      const rules = asList(field(control, 'rules')).filter((rule) => statusOf(rule) === 'failed')
      resources.judge(id, controlID, status, status === 'failed' ? evidenceOfRules(id, rules, resources) : [])
    }
  }
}

/** Reads layout v3. */
export function readByControl(results: readonly Value[], resources: ReadResources): void {
  for (const result of results) {
    const controlID = asText(field(result, 'controlID'))
    if (controlID === undefined) continue
    for (const entry of asList(field(result, 'resources'))) {
      const id = asText(field(entry, 'resourceID'))
      const status = statusOf(entry)
      if (id === undefined || status === undefined) continue
      resources.judge(id, controlID, status, status === 'failed' ? evidenceOfEntry(id, entry, resources) : [])
    }
  }
}

/** Undefined for what passed. What nobody knows has not passed. */
function statusOf(entry: Value): SnapshotVerdict['status'] | undefined {
  const status = asText(field(entry, 'status')) ?? asText(field(entry, 'status', 'status'))
  const subStatus = asText(field(entry, 'subStatus')) ?? asText(field(entry, 'status', 'subStatus'))
  if (status === 'failed' || status === 'excluded') return status
  if (status === 'passed') return subStatus === 'w/exceptions' ? 'excluded' : undefined
  return 'skipped'
}

const PATH_MEMBERS = ['fixPath', 'deletePath', 'reviewPath', 'failedPath', 'fixCommand'] as const

function evidenceOfRules(id: string, rules: readonly Value[], resources: ReadResources): SnapshotEvidence[] {
  const object = resources.objectOf(id)
  const evidence = rules.flatMap((entry) => {
    const rule = asText(field(entry, 'name')) ?? ''
    const own: SnapshotEvidence[] = []
    for (const path of asList(field(entry, 'paths'))) {
      if ((asText(field(path, 'resourceID')) || id) !== id) continue
      for (const type of PATH_MEMBERS) {
        const text = asText(field(path, type)) ?? asText(field(path, type, 'path'))
        if (text)
          own.push({
            ...NO_EVIDENCE,
            rule,
            type,
            path: text,
            stablePath: type === 'fixCommand' ? text : stablePath(trimmed(text), object),
          })
      }
    }
    const others = related(field(entry, 'relatedResourcesIDs'), rule, resources)
    return own.length + others.length === 0 ? [{ ...NO_EVIDENCE, rule }] : [...own, ...others]
  })
  return evidence.length === 0 ? [NO_EVIDENCE] : evidence
}

function evidenceOfEntry(id: string, entry: Value, resources: ReadResources): SnapshotEvidence[] {
  const object = resources.objectOf(id)
  const own = asList(field(entry, 'findings')).map((finding): SnapshotEvidence => {
    const path = asText(field(finding, 'path')) ?? ''
    return {
      rule: '',
      type: typeOf(asText(field(finding, 'fix', 'action'))),
      path,
      stablePath: stablePath(path, object),
      file: asText(field(finding, 'file')) ?? '',
      line: Number(field(finding, 'line')) || 0,
      column: Number(field(finding, 'column')) || 0,
    }
  })
  const commands = commandEvidence('', asTexts(field(entry, 'fixCommands')))
  const others = related(field(entry, 'relatedResourceIDs'), '', resources)
  const all = [...own, ...commands, ...others]
  return all.length === 0 ? [NO_EVIDENCE] : all
}

function related(ids: Value | undefined, rule: string, resources: ReadResources): SnapshotEvidence[] {
  return asList(ids).flatMap((each) => {
    const id = asText(each)
    if (id === undefined) return []
    return [{ ...NO_EVIDENCE, rule, type: 'related' as const, path: id, stablePath: resources.keyOf(id) }]
  })
}

function typeOf(action: string | undefined): SnapshotEvidence['type'] {
  if (action === undefined) return 'failedPath'
  return action === 'remove' ? 'deletePath' : 'fixPath'
}

/** Some programs write `path=`. */
function trimmed(path: string): string {
  return path.endsWith('=') ? path.slice(0, -1) : path
}
