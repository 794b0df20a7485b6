/** What metadata says, in the shape in which policies see it. */
import { parseUrl } from '@kubescape/go'

/** Plain data; `scope` is not checked. */
type Metadata = { readonly scope?: string; readonly [key: string]: unknown }

const AUTHOR = /^(.*?)\s*<([^<>]*)>$/

/**
 * Checks the YAML of a metadata block and brings it into one shape: authors as `{name, email}`, related resources as `{ref,
 * description}`. Keys that mean nothing are left out, and so are those without a value.
 * @returns a sentence, when something is wrong
 */
export function normalMetadata(value: unknown): Metadata | string {
  if (!isRecord(value)) return 'metadata must be a YAML mapping'
  const made: Record<string, unknown> = {}
  for (const [key, read] of Object.entries(FIELDS)) {
    if (!Object.hasOwn(value, key) || value[key] === null) continue
    const result = read(value[key], key)
    if (result instanceof Wrong) return result.message
    if (result !== undefined) made[key] = result
  }
  return made
}

class Wrong {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

const FIELDS: Readonly<Record<string, (value: unknown, key: string) => unknown>> = {
  scope: text,
  title: text,
  description: text,
  organizations: (value, key) => list(value, key, (item) => text(item, key)),
  related_resources: (value, key) => list(value, key, relatedResource),
  authors: (value, key) => list(value, key, author),
  schemas: (value, key) => list(value, key, schema),
  entrypoint: (value) => {
    if (typeof value !== 'boolean') return new Wrong('`entrypoint` in metadata must be true or false')
    return value || undefined
  },
  custom: (value) => (isRecord(value) ? value : new Wrong('`custom` in metadata must be a mapping')),
  compile: (value) => (isRecord(value) ? value : new Wrong('`compile` in metadata must be a mapping')),
}

function text(value: unknown, key: string): string | Wrong | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return new Wrong(`\`${key}\` in metadata must be text`)
}

function list(value: unknown, key: string, read: (item: unknown) => unknown): unknown {
  if (!Array.isArray(value)) return new Wrong(`\`${key}\` in metadata must be a list`)
  const items = value.map(read)
  return items.find((item) => item instanceof Wrong) ?? (items.length === 0 ? undefined : items)
}

function author(item: unknown): unknown {
  if (typeof item === 'string') {
    const match = AUTHOR.exec(item.trim())
    if (match === null) return { name: item.trim() }
    const [, name = '', email = ''] = match
    return { name, email }
  }
  if (!isRecord(item)) return new Wrong('an author in metadata must be text or a mapping')
  const { name, email } = item
  if (typeof name !== 'string' && typeof email !== 'string') {
    return new Wrong('an author in metadata must have `name` or `email`')
  }
  return { name: typeof name === 'string' ? name : '', ...(typeof email === 'string' && { email }) }
}

function relatedResource(item: unknown): unknown {
  if (typeof item === 'string') return withReference({ ref: item })
  if (!isRecord(item) || typeof item['ref'] !== 'string') {
    return new Wrong('a related resource in metadata must be a URL, or have one as `ref`')
  }
  const { ref, description } = item
  return withReference({ ...(typeof description === 'string' && { description }), ref })
}

function withReference(resource: { readonly ref: string; readonly description?: string }): unknown {
  const isUrl = resource.ref !== '' && 'url' in parseUrl(resource.ref)
  return isUrl ? resource : new Wrong(`\`${resource.ref}\` in metadata is no URL`)
}

/** `{input: schema.name}` or `{data.path: {type: object}}`. */
function schema(item: unknown): unknown {
  const [entry, ...rest] = isRecord(item) ? Object.entries(item) : []
  if (entry === undefined || rest.length > 0) return new Wrong('a schema in metadata must be one path with its schema')
  const [path, definition] = entry
  if (typeof definition === 'string') return { path: path.split('.'), schema: definition.split('.') }
  return { path: path.split('.'), definition }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
