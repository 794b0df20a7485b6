/** Configuration files of nodes: read as YAML or JSON, and packed for facts. */
import { asMap, type Value, type ValueMap } from '@kubescape/resources'
import { decodeText, readDocument, splitDocuments } from '@kubescape/yaml'

import type { Machine } from './machine.ts'
import { Unread } from './unread.ts'

/** The first document of a file; one that is no mapping is unread. */
export function readConfig(machine: Machine, path: string): ValueMap | Unread {
  const bytes = machine.files.read(path, machine.limits.contentBytes)
  return bytes instanceof Unread ? bytes : parseConfig(bytes)
}

/** A configuration of one of these kinds. Any other file is none of our business, whatever a command line says of it. */
export function readKind(machine: Machine, path: string, kinds: readonly string[]): ValueMap | Unread {
  const config = readConfig(machine, path)
  if (config instanceof Unread) return config
  const isExpected = kinds.some((kind) => config['kind'] === kind)
  return isExpected ? config : new Unread(`is no ${kinds[0] ?? 'configuration'}`)
}

/** The content of a file record: base64 of JSON, which is YAML too. Comments, where old secrets live on, are left behind. */
export function packContent(config: Value, maxBytes: number): string | Unread {
  const text = JSON.stringify(config, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  // Aliases are written out, which may make a small file a large one.
  return text.length > maxBytes ? new Unread(`larger than ${maxBytes} bytes`) : Buffer.from(text).toString('base64')
}

function parseConfig(bytes: Buffer): ValueMap | Unread {
  const decoded = decodeText(bytes)
  if ('problem' in decoded) return new Unread('is no text')
  const { text } = decoded
  const [first] = splitDocuments(text)
  if (first === undefined) return new Unread('is empty')
  return asMap(readDocument(text, first).value) ?? new Unread('is no YAML or JSON mapping')
}
