/** Pods joined with the vulnerabilities that a scan has found in their images. */
import {
  asList,
  asMap,
  asTextMap,
  field,
  landingNamespace,
  matching,
  workloadOf,
  type Match,
} from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import type { Need } from '../control.ts'
import { review } from '../finding.ts'
import type { ControlInputs, InputName } from '../inputs.ts'
import { index, projection, type Tables } from '../projection.ts'
import { isExternal, services, serviceSelectors } from '../projections/services.ts'
import { REGULAR } from './workloads.ts'

/** The need of controls about vulnerabilities in images. */
export const IMAGE_VULNERABILITIES: Need = {
  what: 'vulnerabilities of images (ImageVulnerabilities objects)',
  kinds: ['ImageVulnerabilities'],
}

const SCANS: readonly Match[] = [
  { groups: ['armo.vuln.images', 'image.vulnscan.com'], versions: ['v1'], kinds: ['ImageVulnerabilities'] },
]

/** What a scan has found in an image. */
export interface ImageScan {
  readonly image: string
  readonly critical: number
  readonly high: number
  /** One of them lets attackers run code from afar. */
  readonly runsCode: boolean
}

const scans = projection('image-vulnerabilities', SCANS, (resource): ImageScan | undefined => {
  const found = asList(resource.object['data']).map(asMap)
  const count = (severity: string): number => found.filter((each) => each?.['severity'] === severity).length
  if (found.length === 0) return undefined
  return {
    image: resource.identity.name,
    critical: count('Critical'),
    high: count('High'),
    runsCode: found.some((each) => field(each, 'categories', 'isRce') === true),
  }
})

const scansByImage = index(scans, (row) => [row.image])

const pods = projection('pods-and-their-images', [matching('v1', 'Pod')], (resource) => ({
  namespace: landingNamespace(resource.identity),
  labels: asTextMap(field(resource.object, 'metadata', 'labels')),
  images: (workloadOf(resource)?.containersIn(REGULAR) ?? []).map(({ image, index: at }) => ({ image, at })),
}))

/** Fails Pods with an image of which the scan `isBad`; with `exposed`, only Pods that can be reached from outside. */
export function vulnerablePods(
  name: string,
  exposed: boolean,
  isBad: (scan: ImageScan, inputs: ControlInputs) => boolean,
  inputs: readonly InputName[] = [],
): JoinedCheck {
  return {
    shape: 'joined',
    name,
    match: [...pods.match, ...SCANS],
    tests: 'reported',
    inputs,
    needs: exposed ? [pods, scans, services] : [pods, scans],
    across: [],
    *judge(tables, values): Generator<Outcome> {
      for (const { ref, images, namespace, labels } of tables.rows(pods)) {
        const scanned = images.flatMap(({ image, at }) =>
          tables.find(scansByImage, image).map((scan) => ({ scan, at })),
        )
        if (scanned.length === 0 || (exposed && !isExposed(tables, namespace, labels))) continue
        const bad = scanned.filter(({ scan }) => isBad(scan, values))
        yield bad.length === 0
          ? { subject: ref }
          : {
              subject: ref,
              findings: bad.map(({ at }) => review(`status.containerStatuses[${at}].imageID`)),
              related: bad.map(({ scan }) => ({ ref: scan.ref, findings: [] })),
            }
      }
    },
  }
}

/** True when more than the largest number that the input allows; several entries mean the smallest. */
export function isMoreThan(count: number, limits: readonly string[]): boolean {
  return limits.some((limit) => /^\s*\d+\s*$/.test(limit) && count > Number(limit))
}

function isExposed(tables: Tables, namespace: string, labels: Readonly<Record<string, string>>): boolean {
  for (const service of tables.once(serviceSelectors).select(namespace, labels)) if (isExternal(service)) return true
  return false
}
