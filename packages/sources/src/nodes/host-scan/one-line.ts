/** Texts of nodes and Pods, fit for a reason. */

const MOST = 300

/** The text on one line, without control characters, cut where it is long. */
export function oneLine(text: string): string {
  const line = text
    .slice(0, MOST * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
  return line.length > MOST ? `${line.slice(0, MOST - 1)}…` : line
}
