/** The schema of `.kubescape.yaml`, made from the table that its reader uses. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

const FILE = 'docs/kubescape-config.schema.json'

const GROUPS: Readonly<Record<string, string>> = {
  thresholds: 'What a report has to meet.',
  baseline: 'What a report is compared with.',
  helm: 'What charts are rendered with.',
}

type Schema = Record<string, unknown>

/** Writes it. */
export async function writeConfigSchema(): Promise<void> {
  writeFileSync(join(root, FILE), await renderConfigSchema())
}

/** Its path when what stands there is not what would be written now. */
export async function staleConfigSchema(): Promise<string[]> {
  const file = join(root, FILE)
  return existsSync(file) && readFileSync(file, 'utf8') === (await renderConfigSchema()) ? [] : [FILE]
}

async function renderConfigSchema(): Promise<string> {
  const { MEMBERS } = await import('../packages/cli/src/config/members.ts')
  const { typeSchemas } = await typesOfMembers()
  const properties: Record<string, Schema> = {}
  for (const { name, type, description, default: otherwise } of MEMBERS) {
    const [group = '', below] = name.split('.')
    const schema = { description, ...typeSchemas(type), ...(otherwise === undefined ? {} : { default: otherwise }) }
    if (below === undefined) {
      properties[group] = schema
      continue
    }
    properties[group] ??= { description: GROUPS[group], ...closed({}) }
    Object.assign(properties[group]['properties'] as Schema, { [below]: schema })
  }
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of kubescape scan: .kubescape.yaml',
    // Null is what an empty file holds.
    ...closed(properties, ['object', 'null']),
    not: { type: 'object', required: ['frameworks', 'controls'], properties: { frameworks: true, controls: true } },
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}

function closed(properties: Record<string, Schema>, type: unknown = 'object'): Schema {
  return { type, properties, additionalProperties: false }
}

async function typesOfMembers(): Promise<{ typeSchemas: (type: MemberType) => Schema }> {
  const { INPUT_DESCRIPTIONS } = await import('../packages/controls/src/index.ts')
  const texts = { type: 'array', items: { type: 'string' } }
  const text = { type: 'string', pattern: '\\S' }
  const score = { type: 'number', minimum: 0, maximum: 100 }
  const code = { type: 'integer', minimum: 1, maximum: 125 }
  const endings = ['threshold', 'coverage', 'degraded-config', 'baseline', 'error', 'usage']
  const typeSchemas = (type: MemberType): Schema => {
    switch (type.kind) {
      case 'switch':
        return { type: 'boolean' }
      case 'number':
        return score
      case 'files':
        return { type: 'array', items: text }
      case 'list':
        return { type: 'array', items: type.values === undefined ? text : { enum: type.values } }
      case 'scores':
        return { type: 'object', additionalProperties: score }
      case 'inputs':
        return closed(Object.fromEntries(Object.keys(INPUT_DESCRIPTIONS).map((name) => [name, texts])))
      case 'codes':
        return {
          anyOf: [{ const: 'default' }, closed(Object.fromEntries(endings.map((ending) => [ending, code])))],
        }
      case 'text':
        return type.values === undefined ? text : { enum: type.values }
      default:
        return text
    }
  }
  return { typeSchemas }
}

type MemberType = (typeof import('../packages/cli/src/config/members.ts'))['MEMBERS'][number]['type']
