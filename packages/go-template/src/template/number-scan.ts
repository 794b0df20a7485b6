/** How far a number reaches in template text. */

const DECIMAL = '0123456789_'

/** End of the number that begins at `start`: sign, prefix, digits, fraction, exponent and `i`, each of which may be missing. */
export function scanNumber(text: string, start: number): number {
  let at = accept(text, start, '+-')
  const prefix = text.charAt(at) === '0' ? text.charAt(at + 1).toLowerCase() : ''
  let digits = DECIMAL
  if (prefix === 'x') digits = '0123456789abcdefABCDEF_'
  else if (prefix === 'o') digits = '01234567_'
  else if (prefix === 'b') digits = '01_'
  if (digits !== DECIMAL) at += 2
  at = run(text, at, digits)
  if (text.charAt(at) === '.') at = run(text, at + 1, digits)
  const exponent = digits === DECIMAL ? 'eE' : prefix === 'x' ? 'pP' : ''
  const marked = accept(text, at, exponent)
  if (marked > at) at = run(text, accept(text, marked, '+-'), DECIMAL)
  return accept(text, at, 'i')
}

function accept(text: string, at: number, characters: string): number {
  return at < text.length && characters.includes(text.charAt(at)) ? at + 1 : at
}

function run(text: string, start: number, characters: string): number {
  let at = start
  while (at < text.length && characters.includes(text.charAt(at))) at++
  return at
}
