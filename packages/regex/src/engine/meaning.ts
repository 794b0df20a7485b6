/** Whether the RegExp of JavaScript, given the same pattern, finds the same as Go would. */
import type { PatternNode } from '../syntax/node.ts'

/**
 * Whether both find the same. They do not where
 * - what is repeated can be empty: JavaScript ends the repetition there, Go counts what was empty;
 * - a repeated part has a group that need not take part: JavaScript forgets it at each turn, Go keeps what it had last;
 * - letters beyond ASCII are compared without regard to case: JavaScript would do so for the whole pattern.
 */
export function meansTheSame(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set': {
      const { classes, ranges, ignoresCase } = node.set
      return (
        !ignoresCase || (classes.length === 0 && ranges.every(([first, last]) => last < 0x80 || isTwin(first, last)))
      )
    }
    case 'assertion':
      return true
    case 'sequence':
      return node.parts.every(meansTheSame)
    case 'choice':
      return node.options.every(meansTheSame)
    case 'group':
      return meansTheSame(node.node)
    default:
      return !canBeEmpty(node.node) && !(node.most > 1 && hasOptionalGroup(node.node, false)) && meansTheSame(node.node)
  }
}

/** Whether a part can match nothing at all. */
export function canBeEmpty(node: PatternNode): boolean {
  switch (node.kind) {
    case 'set':
      return false
    case 'assertion':
      return true
    case 'sequence':
      return node.parts.every(canBeEmpty)
    case 'choice':
      return node.options.some(canBeEmpty)
    case 'group':
      return canBeEmpty(node.node)
    default:
      return node.least === 0 || canBeEmpty(node.node)
  }
}

function hasOptionalGroup(node: PatternNode, isOptional: boolean): boolean {
  switch (node.kind) {
    case 'set':
    case 'assertion':
      return false
    case 'sequence':
      return node.parts.some((part) => hasOptionalGroup(part, isOptional))
    case 'choice':
      return node.options.some((option) => hasOptionalGroup(option, true))
    case 'group':
      return isOptional || hasOptionalGroup(node.node, isOptional)
    default:
      return hasOptionalGroup(node.node, isOptional || node.least === 0)
  }
}

/** Whether a range is one of the letters beyond ASCII that equal one of ASCII: sets have those already. */
function isTwin(first: number, last: number): boolean {
  return first === last && (first === 0x17f || first === 0x212a)
}
