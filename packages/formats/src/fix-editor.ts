/** What fixes would change in the files that objects came from. */
import type { Finding, Origin, Ref } from '@kubescape/results'
import {
  fieldEdit,
  isUneditable,
  lineStarts,
  positionAt,
  type FieldEdit,
  type Location,
  type Position,
} from '@kubescape/yaml'

/** The fix of a finding. */
export type Fix = NonNullable<Finding['fix']>

/** An edit of a file that a fix asks for. */
export interface PlacedEdit {
  readonly edit: FieldEdit
  /** Where it begins and ends. */
  readonly from: Position
  readonly to: Position
  /** The object that is changed: the failing one, or a related one. */
  readonly ref: Ref
  /** The file that is edited, as people should see it. */
  readonly file: string
}

/** The document of an object, and its path there. */
type EditedDocument = Pick<Origin, 'start' | 'end' | 'line' | 'itemPath'>

/** Makes the edits of one document. */
export class FixEditor {
  readonly #text: string
  readonly #origin: EditedDocument
  readonly #ref: Ref
  readonly #file: string
  #isUneditable: boolean | undefined
  #starts: number[] | undefined

  /** `text` is that of the file. */
  constructor(text: string, origin: EditedDocument, ref: Ref, file: string) {
    this.#text = text
    this.#origin = origin
    this.#ref = ref
    this.#file = file
  }

  /** The edits of a field, by `editKey`; those that are not certain are left out. */
  edits(location: Location, path: string, fixes: readonly Fix[]): Map<string, PlacedEdit> | undefined {
    if (fixes.length === 0) return undefined
    this.#isUneditable ??= isUneditable(this.#text, this.#origin)
    if (this.#isUneditable) return undefined
    const edits = new Map<string, PlacedEdit>()
    for (const fix of fixes) {
      const key = editKey(fix)
      const change = { ...fix, path }
      const edit = edits.has(key) ? undefined : fieldEdit(this.#text, location, this.#origin.itemPath, change)
      if (edit === undefined) continue
      edits.set(key, {
        edit,
        from: this.#position(edit.start),
        to: this.#position(edit.end),
        ref: this.#ref,
        file: this.#file,
      })
    }
    return edits
  }

  #position(offset: number): Position {
    const { start, end, line } = this.#origin
    this.#starts ??= lineStarts(this.#text, start, end)
    return positionAt(this.#text, offset, this.#starts, line)
  }
}

/** What tells the fixes of one field apart. */
export function editKey(fix: Fix): string {
  return fix.action === 'set' ? `=${fix.value}` : ''
}

/** True for a fix that leaves something to decide: a value to choose, or what becomes of a list entry that loses its name. */
export function isForPeople(fix: Fix): boolean {
  return fix.action === 'set' ? /YOUR_|<.*>|_SSL_CERT/.test(fix.value) : fix.path.endsWith('].name')
}
