/** How much of a machine is looked at: it may be in the hands of someone who wants the collector to fall over. */

/** Bounds of a collection; what lies beyond them is told as unread. */
export interface NodeLimits {
  /** Bytes of a file whose content is read. */
  readonly contentBytes: number
  /** Bytes of a table of the kernel, such as `/proc/net/tcp`. */
  readonly tableBytes: number
  /** Bytes of a command line. */
  readonly commandLineBytes: number
  /** Processes that are looked at, oldest numbers first. */
  readonly processes: number
  /** Files of one directory tree, and entries of one directory. */
  readonly files: number
  /** Levels of a directory tree. */
  readonly depth: number
}

/** Far above what nodes have. */
export const DEFAULT_LIMITS: NodeLimits = {
  contentBytes: 1024 * 1024,
  tableBytes: 16 * 1024 * 1024,
  commandLineBytes: 128 * 1024,
  processes: 20_000,
  files: 1000,
  depth: 8,
}
