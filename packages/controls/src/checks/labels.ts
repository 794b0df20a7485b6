/** Recommended labels on workloads and their pods. */
import { asMap, field, type Value } from '@kubescape/resources'

import type { LocalCheck } from '../check.ts'
import { failsIfAny } from '../check.ts'
import { missing, type Finding } from '../finding.ts'
import type { InputName } from '../inputs.ts'
import { eachWorkload } from './workloads.ts'

/** Fails workloads that carry none of the labels of the input, on the object or on its pods. */
export function labelledWith(name: string, input: InputName): LocalCheck {
  return eachWorkload({ name, inputs: [input] }, (workload, inputs) => {
    const wanted = inputs[input]
    const findings: Finding[] = []
    const look = (labels: Value | undefined, path: string): void => {
      const map = asMap(labels)
      if (!wanted.some((label) => map !== undefined && Object.hasOwn(map, label))) {
        findings.push(missing(`${path}[${wanted[0] ?? 'YOUR_LABEL'}]`, 'YOUR_VALUE'))
      }
    }
    look(field(workload.resource.object, 'metadata', 'labels'), 'metadata.labels')
    if (workload.templatePath !== '') look(field(workload.template, 'metadata', 'labels'), workload.podLabelsPath)
    return failsIfAny(findings)
  })
}
