/** Marks in templates: a line that is said to write a field must bring its mark there. */
import type { RenderedTemplate, SourcePosition } from '../../packages/helm/src/index.ts'
import type { Field } from './fields.ts'

const MARK = 'marked-line'

/** The files with a mark at the end of a template line; undefined where no file has that line. */
export function markedFiles(
  files: ReadonlyMap<string, Uint8Array>,
  { template, line }: SourcePosition,
): { readonly files: ReadonlyMap<string, Uint8Array>; readonly calls: boolean } | undefined {
  // The name begins with that of the chart, where the path has its folder.
  const path = template.slice(template.indexOf('/') + 1)
  const bytes = files.get(path)
  if (bytes === undefined) return undefined
  const lines = new TextDecoder().decode(bytes).split('\n')
  let last = line - 1
  while (last < lines.length - 1 && isOpen(lines.slice(line - 1, last + 1).join('\n'))) last++
  const calls = /\b(?:include|template|tpl)\s/.test(lines.slice(line - 1, last + 1).join('\n'))
  lines[last] = `${lines[last]?.replace(/\r$/, '')} # ${MARK}`
  return { files: new Map([...files, [path, new TextEncoder().encode(lines.join('\n'))]]), calls }
}

/** An action begins that does not end. */
function isOpen(text: string): boolean {
  return text.lastIndexOf('{{') > text.lastIndexOf('}}')
}

/** Whether the mark stands in the line of the field, or at the end of the lines that the same place wrote. */
export function isMarked({ template, start, source }: Field, templates: readonly RenderedTemplate[]): boolean {
  const rendered = templates.find(({ name }) => name === template.name)?.text.split('\n')
  const before = template.text.slice(0, start).split('\n').length - 1
  if (rendered === undefined || template.map === undefined) return false
  const lines = template.text.split('\n')
  let offset = lines.slice(0, before).join('\n').length + (before === 0 ? 0 : 1)
  for (let at = before; at < lines.length; at++) {
    if (rendered[at]?.includes(MARK) === true) return true
    offset += (lines[at]?.length ?? 0) + 1
    const next = template.map.range(offset, offset + (lines[at + 1]?.length ?? 0)).position
    if (next?.template !== source.position?.template || next?.line !== source.position?.line) return false
  }
  return false
}
