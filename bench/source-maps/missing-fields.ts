/** Fields that Deployments should have and do not have. */
import { isValueMap, openDocument, parsePath, splitDocuments } from '@kubescape/yaml'

import type { AbsentEntry, RenderedTemplate } from '../../packages/helm/src/index.ts'

/** Fields of pods and containers that controls ask for, with a value that they could have. */
const WANTED: Readonly<Record<string, unknown>> = {
  'spec.template.spec.securityContext.runAsNonRoot': true,
  'spec.template.spec.securityContext.fsGroup': 2001,
  'spec.template.spec.priorityClassName': 'high',
  'spec.template.spec.automountServiceAccountToken': false,
  'spec.template.spec.terminationGracePeriodSeconds': 31,
  'spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem': true,
  'spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation': false,
  'spec.template.spec.containers[0].securityContext.runAsUser': 2001,
  'spec.template.spec.containers[0].securityContext.capabilities.drop': ['ALL'],
  'spec.template.spec.containers[0].securityContext.seccompProfile.type': 'RuntimeDefault',
  'spec.template.spec.containers[0].resources.limits.memory': '101Mi',
  'spec.template.spec.containers[0].resources.requests.cpu': '11m',
  'spec.template.spec.containers[0].imagePullPolicy': 'Always',
  'spec.template.spec.containers[0].livenessProbe.periodSeconds': 31,
}

/** A field that is not there, and what the source map says about it. */
export interface MissingField {
  readonly template: RenderedTemplate
  readonly document: number
  readonly path: string
  readonly entries: readonly MissingEntry[]
}

/** An entry of the values that would bring it. */
export interface MissingEntry {
  readonly entry: AbsentEntry
  /** Values with the field, when the entry would be the field; undefined where that is no matter of one key. */
  readonly text: string | undefined
}

/** The fields that the Deployments of a template do not have. */
export function missingFields(template: RenderedTemplate): MissingField[] {
  return deployments(template).flatMap(({ document, locate }) => {
    const paths = Object.keys(WANTED)
    return locate(paths).flatMap((location, at): MissingField[] => {
      const path = paths[at] ?? ''
      const [key, ...below] = parsePath(path).slice(location.depth)
      if (location.exists || key === undefined) return []
      const entries = template.map?.absent(location.valueStart, location.end, String(key)) ?? []
      return [{ template, document, path, entries: entries.map((entry) => withText(entry, below, WANTED[path])) }]
    })
  })
}

/** Whether the templates have the field. */
export function isPresent({ template, document, path }: MissingField, templates: readonly RenderedTemplate[]): boolean {
  const after = templates.find(({ name }) => name === template.name)
  const found = after && deployments(after).find((deployment) => deployment.document === document)
  return found?.locate([path])[0]?.exists === true
}

interface Deployment {
  readonly document: number
  readonly locate: ReturnType<typeof openDocument>['locate']
}

function deployments({ text }: RenderedTemplate): Deployment[] {
  if (!/^kind:\s*["']?Deployment/m.test(text)) return []
  return splitDocuments(text).flatMap((slice, document) => {
    const open = openDocument(text, slice)
    const isDeployment = isValueMap(open.value) && open.value['kind'] === 'Deployment'
    return isDeployment ? [{ document, locate: (paths) => open.locate(paths) }] : []
  })
}

function withText(entry: AbsentEntry, below: readonly (string | number)[], value: unknown): MissingEntry {
  const path = [...entry.path, ...below]
  const isKey = entry.fills && path.every((step) => typeof step === 'string')
  const tree = path.reduceRight<unknown>((inner, step) => ({ [step]: inner }), value)
  return { entry, text: isKey ? JSON.stringify(tree) : undefined }
}
