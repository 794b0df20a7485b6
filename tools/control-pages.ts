/** Pages about controls, made from their declarations: `docs/controls/c-0057.md` and an index per framework. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { root } from './root.ts'

const FOLDER = join(root, 'docs/controls')

/** The text of every page by its file name. */
export async function controlPages(): Promise<Map<string, string>> {
  const { describeControl, FRAMEWORKS, LIBRARY } = await import('../packages/controls/src/index.ts')
  const pages = new Map<string, string>()
  const names = new Map(LIBRARY.map((control) => [control.id, control.name]))
  for (const control of LIBRARY) {
    const about = describeControl(control)
    const rows = [
      ['severity', `${about.severity} (base score ${about.baseScore})`],
      ['category', about.category],
      ['applies to', about.scope.join(', ')],
      ['looks at', about.kinds.map((kind) => `\`${kind}\``).join(', ')],
      [
        'frameworks',
        about.frameworks.map(({ name, number }) => (number === undefined ? name : `${name} ${number}`)).join(', '),
      ],
    ].filter(([, text]) => text !== '')
    const inputs = about.inputs.map(
      ({ name, defaults }) => `| \`${name}\` | ${defaults.length === 0 ? 'empty' : defaults.map(code).join(', ')} |`,
    )
    pages.set(
      fileOf(control.id),
      [
        `# ${about.id}: ${about.name}`,
        '',
        '| | |',
        '| --- | --- |',
        ...rows.map(([name, text]) => `| ${name} | ${text} |`),
        '',
        '## Why',
        '',
        about.why,
        '',
        '## How to repair',
        '',
        about.repair,
        '',
        ...(about.requirement === '' ? [] : [about.requirement, '']),
        ...(inputs.length === 0 ? [] : ['## Inputs', '', '| input | default |', '| --- | --- |', ...inputs, '']),
      ].join('\n'),
    )
  }
  const sections = FRAMEWORKS.map(({ name, controls, numbers = {} }) => [
    `## ${name}`,
    '',
    ...controls.map((id) => {
      const label = [numbers[id], names.get(id) ?? 'not judged by this version']
        .filter((part) => part !== undefined)
        .join(' ')
      return names.has(id) ? `- [${id}](${fileOf(id)}) ${label}` : `- ${id} ${label}`
    }),
    '',
  ])
  pages.set('README.md', ['# Controls by framework', '', ...sections.flat()].join('\n'))
  return pages
}

/** Writes the pages and removes those of controls that are gone. */
export async function writeControlPages(): Promise<void> {
  const pages = await controlPages()
  mkdirSync(FOLDER, { recursive: true })
  for (const file of readdirSync(FOLDER)) if (!pages.has(file)) rmSync(join(FOLDER, file))
  for (const [file, text] of pages) writeFileSync(join(FOLDER, file), text)
}

/** Files that are not as the declarations want them. */
export async function staleControlPages(): Promise<string[]> {
  const pages = await controlPages()
  const present = new Set(existsSync(FOLDER) ? readdirSync(FOLDER) : [])
  const stale = [...pages].filter(
    ([file, text]) => !present.has(file) || readFileSync(join(FOLDER, file), 'utf8') !== text,
  )
  return [...stale.map(([file]) => file), ...[...present].filter((file) => !pages.has(file))].map(
    (file) => `docs/controls/${file}`,
  )
}

function fileOf(id: string): string {
  return `${id.toLowerCase()}.md`
}

function code(text: string): string {
  return `\`${text.replaceAll('|', String.raw`\|`)}\``
}
