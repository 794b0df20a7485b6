/** Lines of formatted text, with the comments of the old text between and behind them. */
import type { Comment, Location } from '../syntax/ast.ts'

/** Two comments fall on one line of the new text: what is being written must be left as it was. */
class CommentConflict extends Error {}

interface WriterState {
  readonly text: string
  readonly level: number
  readonly isInLine: boolean
  readonly hasWritten: boolean
  readonly pending: Comment | undefined
  readonly isDelayed: boolean
  readonly next: number
}

/** Collects text. Comments are written by their rows in the old text: before what stands below them, or at the end of its line. */
export class CommentWriter {
  readonly #comments: readonly Comment[]
  readonly #lineEnds: number[] = []
  #text = ''
  #level = 0
  #isInLine = false
  /** Whether there is more than its indentation on the line. */
  #hasWritten = false
  /** Comments from this offset on are not for what is being written. */
  #limit = Number.POSITIVE_INFINITY
  /** The comment for the end of this line. */
  #pending: Comment | undefined
  /** It is for the end of the next line instead. */
  #isDelayed = false
  #next = 0

  constructor(source: string, comments: readonly Comment[]) {
    this.#comments = comments
    for (let at = source.indexOf('\n'); at !== -1; at = source.indexOf('\n', at + 1)) this.#lineEnds.push(at)
  }

  /** Everything that was written, with the comments that are left. */
  finish(): string {
    for (; this.#next < this.#comments.length; this.#next++) this.#comment(this.#comments[this.#next] as Comment)
    return `${this.#text.trimEnd()}\n`
  }

  write(text: string): void {
    this.#hasWritten = true
    this.#text += text
  }

  indent(): void {
    this.#level++
  }

  dedent(): void {
    this.#level--
  }

  startLine(): void {
    this.#isInLine = true
    this.#hasWritten = false
    this.#text += '\t'.repeat(this.#level)
  }

  endLine(): void {
    this.#isInLine = false
    if (this.#pending !== undefined && !this.#isDelayed) {
      this.#text += ` ${shown(this.#pending)}`
      this.#pending = undefined
    }
    this.#isDelayed = false
    this.#text += '\n'
  }

  blankLine(): void {
    this.#text += '\n'
  }

  /** Starts a line unless one was started. */
  ensureLine(): void {
    if (!this.#isInLine) this.startLine()
  }

  /** Keeps the comment for the end of the line that follows the next one. */
  delayComment(): void {
    this.#isDelayed = true
  }

  hasPendingComment(): boolean {
    return this.#pending !== undefined
  }

  /** Whether a comment stands above a row that has not been written yet. */
  hasCommentAbove(row: number): boolean {
    const comment = this.#comments[this.#next]
    return comment !== undefined && comment.location.row < row && comment.location.start < this.#limit
  }

  /**
   * Writes the comments above a row, and keeps the one on it for the end of the line.
   * @throws {CommentConflict} when there is one for the end of this line already
   */
  commentsBefore(row: number): void {
    this.commentsAbove(row)
    const comment = this.#comments[this.#next]
    if (comment === undefined || comment.location.row !== row || comment.location.start >= this.#limit) return
    if (this.#pending !== undefined) throw new CommentConflict()
    this.#pending = comment
    this.#next++
  }

  /**
   * Writes the comments above a row.
   * @throws {CommentConflict} in the middle of a line
   */
  commentsAbove(row: number): void {
    let last: Comment | undefined
    for (; this.hasCommentAbove(row); this.#next++) {
      const comment = this.#comments[this.#next] as Comment
      if (this.#isInLine && this.#hasWritten) throw new CommentConflict()
      if (this.#pending !== undefined) this.#comment(this.#pending)
      this.#pending = undefined
      if (last !== undefined && comment.location.row - last.location.row > 1) this.blankLine()
      this.#comment(comment)
      last = comment
    }
    if (last !== undefined && row - last.location.row > 1) this.blankLine()
  }

  /** Takes the comment at the end of a row, if there is one. */
  takeComment(row: number): string | undefined {
    const comment = this.#comments[this.#next]
    if (comment?.location.row !== row) return undefined
    this.#next++
    return shown(comment)
  }

  /**
   * Writes something; where its comments cannot be placed, it is copied as it was.
   * @throws {CommentConflict} when it cannot be copied, or one of its comments has been written already: what is around it is copied then
   */
  orAsWritten(source: string, location: Location, write: () => void, canBeCopied = true): void {
    this.commentsAbove(location.row)
    const state = this.#save()
    if (this.#attempt(write, location.end)) return
    this.#restore(state)
    // A comment behind it, that belongs to what follows on the same row, may have been in the way.
    const limit = this.#limit
    this.#limit = Math.min(limit, location.end)
    const isPlaced = this.#attempt(write, location.end)
    this.#limit = limit
    if (isPlaced) return
    this.#restore(state)
    const isWithin = ({ location: { start } }: Comment): boolean => start >= location.start && start < location.end
    let last = this.#comments[this.#next - 1]
    if (last !== undefined && last === this.#pending) last = this.#comments[this.#next - 2]
    if (!canBeCopied || (last !== undefined && isWithin(last))) throw new CommentConflict()
    if (this.#pending !== undefined && isWithin(this.#pending)) this.#pending = undefined
    while (this.#next < this.#comments.length && isWithin(this.#comments[this.#next] as Comment)) this.#next++
    this.ensureLine()
    this.write(source.slice(location.start, location.end))
    if (this.#pending === undefined) this.commentsBefore(this.lastRow(location))
  }

  /** The row of an offset in the old text. */
  rowAt(offset: number): number {
    let low = 0
    let high = this.#lineEnds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#lineEnds[middle] as number) < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }

  /** The row in which something ends. */
  lastRow({ start, end }: Location): number {
    return this.rowAt(Math.max(start, end - 1))
  }

  /** Whether something was written with all its comments up to its end. */
  #attempt(write: () => void, end: number): boolean {
    try {
      write()
      const comment = this.#comments[this.#next]
      return comment === undefined || comment.location.start >= end
    } catch (error) {
      if (!(error instanceof CommentConflict)) throw error
      return false
    }
  }

  /** A comment on a line of its own. */
  #comment(comment: Comment): void {
    this.ensureLine()
    this.#text += `${shown(comment)}\n`
    this.#isInLine = false
  }

  #save(): WriterState {
    return {
      text: this.#text,
      level: this.#level,
      isInLine: this.#isInLine,
      hasWritten: this.#hasWritten,
      pending: this.#pending,
      isDelayed: this.#isDelayed,
      next: this.#next,
    }
  }

  #restore(state: WriterState): void {
    this.#text = state.text
    this.#level = state.level
    this.#isInLine = state.isInLine
    this.#hasWritten = state.hasWritten
    this.#pending = state.pending
    this.#isDelayed = state.isDelayed
    this.#next = state.next
  }
}

function shown({ text }: Comment): string {
  return `#${text.trimEnd()}`
}
