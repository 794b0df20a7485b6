/** Colours and weights of text; plain text where no colours are wanted. */
import type { Severity } from '@kubescape/results'

/** Puts a style around text that is already harmless. */
export type Paint = (text: string) => string

/** The styles of the terminal format. */
export interface Paints {
  readonly bold: Paint
  readonly dim: Paint
  readonly good: Paint
  readonly warning: Paint
  readonly severity: (severity: Severity) => Paint
}

/** ANSI-256 colours as published for the reference command line. */
const SEVERITY_COLOURS: Readonly<Record<Severity, number>> = {
  Critical: 1,
  High: 196,
  Medium: 166,
  Low: 220,
  Unknown: 30,
}

const plain: Paint = (text) => text
const PLAIN: Paints = { bold: plain, dim: plain, good: plain, warning: plain, severity: () => plain }
const COLOURED: Paints = {
  bold: sgr('1'),
  dim: sgr('2'),
  good: sgr('32'),
  warning: sgr('33'),
  severity: (severity) => sgr(`38;5;${SEVERITY_COLOURS[severity]}`),
}

/** The styles for a terminal with or without colours. */
export function makePaints(colour: boolean): Paints {
  return colour ? COLOURED : PLAIN
}

function sgr(code: string): Paint {
  return (text) => (text === '' ? text : `\u001b[${code}m${text}\u001b[0m`)
}
