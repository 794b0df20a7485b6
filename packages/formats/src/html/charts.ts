/** Drawings: rings and bars. Sizes are attributes, never styles, so that the page can forbid foreign styles. */
import { displayScore } from '../score.ts'
import { grouped } from './markup.ts'

/** A part of a bar: how much, and the class that colours it. */
export interface Part {
  readonly amount: number
  readonly look: string
}

/**
 * A ring for a score from 0 to 100. What of it rests on exceptions, the part above `own`, looks different. The drawing says
 * in words what it shows.
 */
export function ring(score: number, own: number, label: string): string {
  const [shown, solid] = [clamp(score), Math.min(clamp(own), clamp(score))]
  const arcs = [arc('solid', 0, solid), ...(shown > solid ? [arc('rests', solid, shown)] : [])].join('')
  return `<svg class="ring" viewBox="0 0 120 120" role="img" aria-label="${label}"><circle class="track" cx="60" cy="60" r="52"/><g transform="rotate(-90 60 60)">${arcs}</g><text x="60" y="60">${displayScore(score)}<tspan class="unit">%</tspan></text></svg>`
}

function arc(look: string, from: number, to: number): string {
  if (to <= from) return ''
  return `<circle class="${look}" cx="60" cy="60" r="52" pathLength="100" stroke-dasharray="${short(to - from)} 200" stroke-dashoffset="${short(-from)}"/>`
}

/** A bar of parts out of `whole`. It stands beside its numbers, so nobody needs to have it read out. */
export function bar(parts: readonly Part[], whole: number): string {
  let at = 0
  const pieces = parts.map(({ amount, look }) => {
    const width = whole <= 0 ? 0 : (100 * amount) / whole
    const piece = width <= 0 ? '' : `<rect class="${look}" x="${short(at)}" width="${short(width)}" height="8"/>`
    at += width
    return piece
  })
  return `<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${pieces.join('')}</svg>`
}

/** A bar that says in words what it shows. */
export function tellingBar(parts: readonly (Part & { readonly name: string })[]): string {
  const whole = parts.reduce((sum, { amount }) => sum + amount, 0)
  const label = parts.map(({ name, amount }) => `${name} ${grouped(amount)}`).join(', ')
  return bar(parts, whole).replace('aria-hidden="true"', `role="img" aria-label="${label}"`)
}

function clamp(score: number): number {
  return Math.min(100, Math.max(0, score))
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100)
}
