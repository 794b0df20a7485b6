/** Workloads joined with what is known of the signatures of their images. */
import { asList, asMap, asText, matching, WORKLOADS, workloadOf } from '@kubescape/resources'

import type { JoinedCheck, Outcome } from '../check.ts'
import type { Need } from '../control.ts'
import { review } from '../finding.ts'
import type { ControlInputs, InputName } from '../inputs.ts'
import { index, projection } from '../projection.ts'
import { fullImageName, parseImage } from './images.ts'
import { EVERY_LIST } from './workloads.ts'

/**
 * Signatures that somebody has looked up and verified:
 * `{apiVersion: imagedata.kubescape.cloud/v1beta0, kind: ImageSignatures, images: [{image, signatures: [{publicKey}]}]}`.
 * An image without signatures is listed with none; one that is not listed is not known. `publicKey` is the PEM text of the key
 * that a signature was verified with.
 */
const SIGNATURES = [matching('imagedata.kubescape.cloud/*', 'ImageSignatures')]

/** The need of controls about signatures. */
export const IMAGE_SIGNATURES: Need = {
  what: 'signatures of images (ImageSignatures objects)',
  kinds: ['ImageSignatures'],
}

interface SignedImage {
  readonly image: string
  /** The keys that signatures were verified with, without white space; empty texts for signatures without a key. */
  readonly keys: readonly string[]
}

const signatures = projection('image-signatures', SIGNATURES, ({ object }) => ({
  images: asList(object['images']).flatMap((entry): SignedImage[] => {
    const about = asMap(entry)
    const image = asText(about?.['image'])
    if (about === undefined || image === undefined) return []
    const keys = asList(about['signatures']).map((each) => normalised(asText(asMap(each)?.['publicKey']) ?? ''))
    return [{ image: nameOf(image), keys }]
  }),
}))

const signaturesByImage = index(signatures, (row) => row.images.map(({ image }) => image))

const images = projection('images-of-workloads', WORKLOADS, (resource) => ({
  images: (workloadOf(resource)?.containersIn(EVERY_LIST) ?? []).map((container) => ({
    name: nameOf(container.image),
    path: container.at('image'),
  })),
}))

/** Fails workloads with an image of which no signature `isGood`; where nothing is known of an image, nothing is said. */
export function signedImages(
  name: string,
  isGood: (key: string, inputs: ControlInputs) => boolean,
  inputs: readonly InputName[] = [],
): JoinedCheck {
  return {
    shape: 'joined',
    name,
    match: WORKLOADS,
    tests: 'reported',
    inputs,
    needs: [images, signatures],
    across: [signatures],
    *judge(tables, values): Generator<Outcome> {
      for (const workload of tables.rows(images)) {
        const known = workload.images.map(({ name: image, path }) => {
          const rows = tables.find(signaturesByImage, image)
          const keys = rows
            .flatMap((row) => row.images.filter((each) => each.image === image))
            .flatMap((each) => each.keys)
          return { path, rows, isKnown: rows.length > 0, isSigned: keys.some((key) => isGood(key, values)) }
        })
        const bad = known.filter(({ isKnown, isSigned }) => isKnown && !isSigned)
        if (bad.length > 0) {
          const facts = new Set(bad.flatMap(({ rows }) => rows.map(({ ref }) => ref)))
          yield {
            subject: workload.ref,
            findings: bad.map(({ path }) => review(path)),
            related: [...facts].map((ref) => ({ ref, findings: [] })),
          }
        } else {
          yield { subject: workload.ref, ...(known.every(({ isKnown }) => isKnown) ? {} : { isUnknown: true }) }
        }
      }
    },
  }
}

/** PEM without line ends and spaces: how it is wrapped says nothing. */
export function normalised(pem: string): string {
  return pem.replaceAll(/\s/g, '')
}

function nameOf(image: string): string {
  const parsed = parseImage(image)
  return parsed === undefined ? image : fullImageName(parsed)
}
