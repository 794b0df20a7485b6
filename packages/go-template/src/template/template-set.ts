/** Templates by name, and those that share their names with others. */
import type { Span } from '../origin.ts'
import type { ListNode } from './tree.ts'

/** A template: the text of a file without its definitions, or one definition in it. */
export interface Template {
  readonly name: string
  readonly source: TemplateSource
  readonly root: ListNode
}

/** Text that templates were read from. */
export interface TemplateSource {
  /** Name of the file, as it stands in messages. */
  readonly name: string
  readonly text: string
  /** Where the text comes from, when it is the text of no file. */
  readonly spans?: readonly Span[]
}

/** Named templates that can call each other. */
export class TemplateSet {
  readonly #templates = new Map<string, Template>()
  readonly #below: TemplateSet | undefined

  /** With `below`, the templates of another set too; what is added here stays here. */
  constructor(below?: TemplateSet) {
    this.#below = below
  }

  /** The template of that name; undefined when there is none. */
  get(name: string): Template | undefined {
    return this.#templates.get(name) ?? this.#below?.get(name)
  }

  /** Adds templates; a later one replaces an earlier one of the same name, unless it is blank. */
  add(templates: readonly Template[]): void {
    for (const template of templates) {
      if (!isBlank(template.root) || this.get(template.name) === undefined) this.#templates.set(template.name, template)
    }
  }
}

/** Whether a template writes nothing: it holds white space and definitions alone. */
export function isBlank(root: ListNode): boolean {
  return root.nodes.every((node) => node.kind === 'text' && /^[\s\u0085]*$/.test(node.text))
}
