/** Pages about controls, made from their declarations: one for each control, one for each framework, one for all inputs. */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ControlDescription, Framework } from '../packages/controls/src/index.ts'

import { root } from './root.ts'

const FOLDER = join(root, 'docs/controls')

/** The text of every page by its path in `docs/controls`. */
export async function controlPages(): Promise<Map<string, string>> {
  const { DEFAULT_INPUTS, describeControl, FRAMEWORKS, INPUT_DESCRIPTIONS, LIBRARY } =
    await import('../packages/controls/src/index.ts')
  const { readExamples } = await import('../packages/cli/src/examples.ts')
  const controls = LIBRARY.map((control) => describeControl(control))
  const pages = new Map<string, string>()
  for (const about of controls) pages.set(fileOf(about.id), controlPage(about, readExamples(about.id)))

  const names = new Map(controls.map(({ id, name }) => [id, name]))
  for (const framework of FRAMEWORKS) pages.set(frameworkFile(framework), frameworkPage(framework, names))

  const inputs = Object.entries(INPUT_DESCRIPTIONS).map(([name, { type, about }]) => {
    const users = controls.filter((control) => control.inputs.some((input) => input.name === name))
    const links = users.map(({ id }) => `[${id}](${fileOf(id)})`).join(', ')
    return `| \`${name}\` | ${about} | ${type} | ${defaultText(DEFAULT_INPUTS[name as keyof typeof DEFAULT_INPUTS])} | ${links || 'no control of this version'} |`
  })
  pages.set(
    'inputs.md',
    page([
      '# All control inputs',
      'How to set them: [control inputs](../control-inputs.md). Every input is a list of texts of its type.',
      table(['input', 'what', 'type', 'default', 'used by'], inputs),
    ]),
  )
  const rows = FRAMEWORKS.map(
    (framework) =>
      `| [${framework.name}](${frameworkFile(framework)}) | ${framework.controls.length} | ${framework.standard === undefined ? '' : link(framework.standard)} |`,
  )
  pages.set(
    'README.md',
    page([
      '# Controls by framework',
      table(['framework', 'controls', 'standard'], rows),
      'The parameters of controls: [inputs](inputs.md).',
    ]),
  )
  return pages
}

function controlPage(
  about: ControlDescription,
  { bad, good, inputs }: { readonly bad?: string; readonly good?: string; readonly inputs?: string },
): string {
  const facts = [
    ['severity', `${about.severity} (base score ${about.baseScore})`],
    ['category', about.category],
    ['applies to', about.scope.join(', ')],
    ['looks at', about.kinds.map(code).join(', ')],
    [
      'frameworks',
      about.frameworks
        .map(({ name, number }) => `[${number === undefined ? name : `${name} ${number}`}](${frameworkFile({ name })})`)
        .join(', '),
    ],
  ].filter(([, text]) => text !== '')
  return page([
    `# ${about.id}: ${about.name}`,
    `| | |\n| --- | --- |\n${facts.map(([name, text]) => `| ${name} | ${text} |`).join('\n')}`,
    `## Why\n\n${about.why}`,
    `## How to repair\n\n${about.repair}`,
    about.requirement,
    about.inputs.length === 0
      ? ''
      : `## Inputs\n\n${table(
          ['input', 'what', 'type', 'default'],
          about.inputs.map(
            ({ name, about: what, type, defaults }) => `| \`${name}\` | ${what} | ${type} | ${defaultText(defaults)} |`,
          ),
        )}`,
    bad === undefined ? '' : `## Fails\n\n${fenced('yaml', bad)}`,
    good === undefined ? '' : `## Passes\n\n${fenced('yaml', good)}`,
    inputs === undefined
      ? ''
      : `Both are judged with these [inputs](../control-inputs.md):\n\n${fenced('json', inputs)}`,
    `## References\n\n${about.references.map((reference) => `- ${link(reference)}`).join('\n')}`,
  ])
}

/** The controls of a framework: in their order, or by number in the sections of its publisher. */
function frameworkPage(
  { name, standard, controls, numbers, sections = {} }: Framework,
  names: ReadonlyMap<string, string>,
): string {
  const blocks: string[] = []
  let open = ''
  let list: string[] = []
  const close = (): void => {
    if (list.length > 0) blocks.push(list.join('\n'))
    list = []
  }
  const ordered = numbers === undefined ? controls : controls.toSorted((a, b) => byNumber(numbers[a], numbers[b]))
  for (const id of ordered) {
    const number = numbers?.[id] ?? ''
    for (const section of Object.keys(sections).filter((each) => number.startsWith(`${each}.`))) {
      if (open === section || open.startsWith(`${section}.`)) continue
      close()
      open = section
      blocks.push(`${'#'.repeat(section.split('.').length + 1)} ${section} ${sections[section]}`)
    }
    list.push(`- [${id}](../${fileOf(id)}) ${number === '' ? '' : `${number} `}${names.get(id) ?? ''}`)
  }
  close()
  const source = standard === undefined ? '' : `Its controls come from ${link(standard)}.`
  return page([`# ${name}`, source, ...blocks])
}

/** `1.2.10` after `1.2.9`. */
function byNumber(a = '', b = ''): number {
  return a.localeCompare(b, 'en', { numeric: true })
}

/** Writes the pages and removes those of controls that are gone. */
export async function writeControlPages(): Promise<void> {
  const pages = await controlPages()
  for (const file of presentPages()) if (!pages.has(file)) rmSync(join(FOLDER, file))
  for (const [file, text] of pages) {
    mkdirSync(dirname(join(FOLDER, file)), { recursive: true })
    writeFileSync(join(FOLDER, file), text)
  }
}

/** Files that are not as the declarations want them. */
export async function staleControlPages(): Promise<string[]> {
  const pages = await controlPages()
  const present = new Set(presentPages())
  const stale = [...pages].filter(
    ([file, text]) => !present.has(file) || readFileSync(join(FOLDER, file), 'utf8') !== text,
  )
  return [...stale.map(([file]) => file), ...[...present].filter((file) => !pages.has(file))].map(
    (file) => `docs/controls/${file}`,
  )
}

function presentPages(): string[] {
  return existsSync(FOLDER) ? globSync('**/*.md', { cwd: FOLDER }) : []
}

function fileOf(id: string): string {
  return `${id.toLowerCase()}.md`
}

/** Seen from the pages of controls. */
function frameworkFile({ name }: { readonly name: string }): string {
  return `frameworks/${name.toLowerCase()}.md`
}

/** Parts with an empty line between them; empty parts are left out. */
function page(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function table(header: readonly string[], rows: readonly string[]): string {
  return [`| ${header.join(' | ')} |`, `|${' --- |'.repeat(header.length)}`, ...rows].join('\n')
}

function link({ title, url }: { readonly title: string; readonly url: string }): string {
  return `[${title}](${url})`
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``
}

function defaultText(values: readonly string[]): string {
  return values.length === 0 ? 'empty' : values.map(code).join(', ')
}

function code(text: string): string {
  return `\`${text.replaceAll('|', String.raw`\|`)}\``
}
