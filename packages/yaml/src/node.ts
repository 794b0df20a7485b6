/** A document as a tree that keeps how it is written: for whoever changes documents and writes them again. */

/** How a scalar is or should be written; a writer takes the next best one where the text does not allow it. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

/** A node of a document. */
export type YamlNode = ScalarNode | SequenceNode | MappingNode

/** A text, number, boolean or null, by its text. */
export interface ScalarNode {
  readonly type: 'scalar'
  text: string
  style: ScalarStyle
  /** What it is when it is read: `!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, or an own tag. */
  tag: string
  /** Offset in the text that it was read from. */
  at?: number
}

/** A list. */
export interface SequenceNode {
  readonly type: 'sequence'
  readonly items: YamlNode[]
  /** Written in brackets. */
  flow: boolean
  at?: number
}

/** A mapping; keys keep their order. */
export interface MappingNode {
  readonly type: 'mapping'
  readonly entries: MappingEntry[]
  /** Written in braces. */
  flow: boolean
  at?: number
}

/** A key and its value. */
export interface MappingEntry {
  key: ScalarNode
  value: YamlNode
}

/** How text is written; a level takes two columns. */
export interface WriteOptions {
  /** Lists begin in the column of their key, as `kubectl` and goyaml v2 write them. */
  readonly compactLists: boolean
  /** Columns after which long scalars are broken at spaces; Infinity for never. */
  readonly width: number
  /** Texts with tabs may be literal, as goyaml v3 writes them; v2 puts them in double quotes. */
  readonly blockTabs: boolean
}
