/** The form for people: `{"exceptions": [{"name", "controls": ["C-0057"], "resources": [{"namespace", "kind", "name"}]}]}`. */
import { compileWildcards, type TextTest } from '../patterns/pattern.ts'
import type { ExceptionRule, ResourceScope } from '../rule.ts'
import { controlScope } from './control-scope.ts'
import type { Fields } from './fields.ts'

const MEMBERS = ['name', 'description', 'controls', 'resources', 'reason', 'owner', 'expires']

/** One exception of this form. */
export function readSimple(fields: Fields): ExceptionRule {
  fields.only(...MEMBERS)
  const { notes } = fields
  const names = fields.texts('controls')
  if (names.length === 0) {
    notes.error(fields.path, 'names no controls', 'Add controls, such as ["C-0057"]; ["*"] is every control.')
  }
  const scopes = names.map(({ text }) => ({ text, scope: controlScope(text, notes.known) }))
  const resources = fields.list('resources').map(readResource)
  const isExact = scopes.length > 0 && scopes.every(({ scope }) => scope.isExact)
  if (resources.length === 0 && !isExact) {
    notes.warn(fields.path, 'covers no resource', 'Add resources, such as [{"namespace": "shop", "kind": "Pod"}].')
  }
  return {
    exception: {
      name: fields.text('name'),
      reason: fields.text('reason') || fields.text('description'),
      owner: fields.text('owner'),
      expires: fields.end('expires'),
      source: '',
    },
    resources,
    policies: scopes.flatMap(({ scope }) => scope.policies),
    coversManual: resources.length === 0 && isExact,
    controls: names.map(({ text }) => text),
    unknownControls: scopes.filter(({ scope }) => !scope.isKnown).map(({ text }) => text),
  }
}

/** Every member that is left out means any. */
function readResource(fields: Fields): ResourceScope {
  fields.only('namespace', 'kind', 'name')
  return {
    ...test('namespace', wildcards(fields, 'namespace')),
    ...test('kind', wildcards(fields, 'kind', { ignoreCase: true })),
    ...test('name', wildcards(fields, 'name')),
  }
}

/** A test against a member in which `*` stands for any characters; undefined where that is all that it says. */
export function wildcards(
  fields: Fields,
  name: string,
  options: { readonly ignoreCase?: boolean } = {},
): TextTest | undefined {
  const text = fields.text(name)
  return text === '' || /^\*+$/.test(text) ? undefined : compileWildcards(text, options)
}

/** A member of a scope, left out where there is nothing to test. */
export function test<Name extends string>(name: Name, text: TextTest | undefined): { [key in Name]?: TextTest } {
  return text === undefined ? {} : ({ [name]: text } as { [key in Name]?: TextTest })
}
