/** How much one document may cost. */

/** Bounds for reading one document. */
export interface Limits {
  /** Levels of nesting, of the text and of what its aliases expand to. */
  depth: number
  /** Nodes that may be reached through aliases, beyond ten for each node of the text. */
  aliasNodes: number
  /** Nodes of the text, estimated for long documents only; a node takes some 100 bytes of memory while it is read. */
  nodes: number
  /** Length of the document in UTF-16 units. */
  length: number
  /** Problems that are reported for one document; the rest is left out. */
  problems: number
}

/** Bounds that no manifest of good will reaches. */
export const defaultLimits: Readonly<Limits> = {
  depth: 200,
  aliasNodes: 100_000,
  nodes: 5_000_000,
  length: 256 * 1024 * 1024,
  problems: 100,
}

/** `limits` with the defaults for what it leaves out. */
export function withDefaults(limits: Partial<Limits> | undefined): Readonly<Limits> {
  return limits === undefined ? defaultLimits : { ...defaultLimits, ...limits }
}
