/** The configuration of a kubelet: its file, and the drop-ins that change it. */
import { asMap, type Value, type ValueMap } from '@kubescape/resources'

import { packContent, readKind } from './documents.ts'
import type { FileRecord, Machine } from './machine.ts'
import { mapEntries, maskAll, maskValue } from './secrets.ts'
import { Unread } from './unread.ts'
import { walkFiles } from './walk-files.ts'

/** A configuration and the record that carries it. */
export interface KubeletConfig {
  readonly record: FileRecord
  /** What the kubelet goes by; undefined where a part of it could not be read. */
  readonly settings: ValueMap | undefined
}

/**
 * The record of the file, or of the directory where there is no file, with the settings that result from both as its content.
 * If one part cannot be read there is no content: the others alone could look better than the kubelet is.
 */
export function kubeletConfig(
  machine: Machine,
  file: string | undefined,
  directory: string | undefined,
): KubeletConfig | undefined {
  const path = file ?? directory
  if (path === undefined) return undefined
  const record = machine.record(path, file === undefined ? 'directory' : 'file')
  const settings = readSettings(machine, file, directory)
  if (settings === undefined) return { record: { ...record, err: 'the configuration could not be read' }, settings }
  const content = packContent(withoutSecrets(settings), machine.limits.contentBytes)
  if (!(content instanceof Unread)) return { record: { ...record, content }, settings }
  machine.note(path, content.why)
  return { record: { ...record, err: content.why }, settings }
}

/** The file with the drop-ins merged over it, in the order of their paths (KEP-3983). */
function readSettings(machine: Machine, file: string | undefined, directory: string | undefined): ValueMap | undefined {
  const dropIns = directory === undefined ? { files: [], unlisted: [] } : walkFiles(machine, directory)
  const paths = dropIns.files.filter((path) => path.endsWith('.conf')).toSorted(byParts)
  let settings: ValueMap | undefined = dropIns.unlisted.length > 0 ? undefined : {}
  for (const path of file === undefined ? paths : [file, ...paths]) {
    const part = readKind(machine, path, ['KubeletConfiguration'])
    if (part instanceof Unread) machine.note(path, part.why)
    settings = part instanceof Unread || settings === undefined ? undefined : mergePatch(settings, part)
  }
  return settings
}

/** JSON merge patch (RFC 7396). */
function mergePatch(target: ValueMap, patch: ValueMap): ValueMap {
  const merged = new Map(Object.entries(target))
  for (const [name, value] of Object.entries(patch)) {
    const part = asMap(value)
    if (value === null) merged.delete(name)
    else merged.set(name, part === undefined ? value : mergePatch(asMap(merged.get(name)) ?? {}, part))
  }
  return Object.fromEntries(merged)
}

/** The order of a directory walk: a directory's files stand where its name does. */
function byParts(a: string, b: string): number {
  const [left, right] = [a.replaceAll('/', '\0'), b.replaceAll('/', '\0')]
  return left < right ? -1 : Number(left > right)
}

/** The headers for fetching static Pods are the one place of this kind that is made for secrets. */
function withoutSecrets(settings: ValueMap): Value {
  return maskValue(mapEntries(settings, (name, value) => (name === 'staticPodURLHeader' ? maskAll(value) : value)))
}
