/** What one kustomization changes, in the order of kustomize. */
import { isValueMap, type Value, type ValueMap } from '@kubescape/yaml'

import type { Accumulated } from './accumulate.ts'
import { resolvePath, type FileSystem } from './file-system.ts'
import { checkFields } from './kustomization/check-fields.ts'
import { mergeSpecs, readValue, specOf, type FieldConfig } from './kustomization/field-config.ts'
import { REPLACEMENT_FIELDS } from './kustomization/field-types.ts'
import { mapOf, mapsOf, textOf, type Kustomization } from './kustomization/kustomization.ts'
import { applyJsonPatches, applyPatches, type PatchContext } from './patches/apply-patch.ts'
import { atEntry, BuildError } from './problem.ts'
import type { Changed } from './resources/resource.ts'
import { OBJECT_LABELS } from './transformers/default-fields.ts'
import type { FieldSpec } from './transformers/field-spec.ts'
import { changeImages, imageChange } from './transformers/images.ts'
import { addEntries } from './transformers/metadata.ts'
import { affixNames, setNamespaces } from './transformers/names.ts'
import { replace } from './transformers/replacements.ts'
import { setReplicas } from './transformers/replicas.ts'

/** Changes everything that has been gathered as the kustomization says. */
export function transform(into: Accumulated, context: PatchContext): void {
  const { objects, config } = into
  const { resources } = objects
  const { kustomization, budget } = context
  const { fields } = kustomization
  const change = changer(kustomization)
  applyPatches(objects, context)
  const namespace = textOf(fields['namespace'])
  change('namespace', () => setNamespaces(objects, namespace, { specs: config.namespace }))
  change('namePrefix', () => affixNames(objects, textOf(fields['namePrefix']), '', config.namePrefix))
  change('nameSuffix', () => affixNames(objects, '', textOf(fields['nameSuffix']), config.nameSuffix))
  mapsOf(fields['labels']).forEach((entry, at) => {
    change(
      'labels',
      () => addEntries(resources, mapOf(entry['pairs']), labelFields(entry, config), budget),
      `labels[${at}]`,
    )
  })
  change('commonLabels', () => addEntries(resources, mapOf(fields['commonLabels']), config.commonLabels, budget))
  const notes = mapOf(fields['commonAnnotations'])
  change('commonAnnotations', () => addEntries(resources, notes, config.commonAnnotations, budget))
  applyJsonPatches(objects, context)
  mapsOf(fields['replicas']).forEach((entry, at) => {
    const [name, count] = [textOf(entry['name']), textOf(entry['count']) || '0']
    budget.spend(resources.length)
    change('replicas', () => replicas(setReplicas(resources, name, count, config.replicas), name), `replicas[${at}]`)
  })
  mapsOf(fields['images']).forEach((entry, at) => {
    budget.spend(resources.length)
    change('images', () => changeImages(resources, imageChange(entry), config.images), `images[${at}]`)
  })
  mapsOf(fields['replacements']).forEach((entry, at) => {
    change('replacements', () => replacements(into, entry, context), `replacements[${at}]`)
  })
}

/** The fields that an entry of `labels` is about. */
function labelFields(entry: ValueMap, config: FieldConfig): readonly FieldSpec[] {
  const own = mapsOf(entry['fields']).map(specOf)
  if (entry['includeSelectors'] === true) return mergeSpecs(own, config.commonLabels)
  return mergeSpecs(mergeSpecs(own, entry['includeTemplates'] === true ? config.templateLabels : []), OBJECT_LABELS)
}

/** Makes changes, and notes on the objects where they were demanded. */
export function changer({
  file,
  lineOf,
}: Kustomization): (by: string, change: () => readonly Changed[], place?: string) => void {
  return (by, change, place = by) => {
    const line = lineOf(place)
    const changed = atEntry(file, line, change)
    for (const { resource, ways } of changed) resource.changes.push({ file, line, by, ways })
  }
}

function replicas(changed: readonly Changed[], name: string): readonly Changed[] {
  if (changed.length > 0) return changed
  throw new BuildError(
    `resource with name ${name} does not match a config with the following GVK [Deployment ReplicationController ReplicaSet StatefulSet]`,
  )
}

function replacements({ objects }: Accumulated, entry: ValueMap, context: PatchContext): readonly Changed[] {
  const { kustomization, files, matcher, budget } = context
  const { file, directory } = kustomization
  return replacementsOf(entry, files, directory).flatMap((one) =>
    replace(objects.resources, one, { matcher, budget, file }),
  )
}

/** An entry of `replacements`, or those of the file that it names. */
function replacementsOf(entry: ValueMap, files: FileSystem, directory: string): readonly ValueMap[] {
  const path = textOf(entry['path'])
  if (path === '') return [entry]
  if (Object.keys(entry).length > 1) throw new BuildError('cannot specify both path and inline replacement')
  const place = resolvePath(directory, path)
  const value: Value = readValue(files, place)
  return (Array.isArray(value) ? value : [value]).map((one) => {
    if (!isValueMap(one))
      throw new BuildError('unsupported replacement type encountered within replacement path', place)
    const type = { type: 'struct', name: 'Replacement', fields: REPLACEMENT_FIELDS } as const
    return mapOf(checkFields(one, type, (message) => new BuildError(message, place)))
  })
}
