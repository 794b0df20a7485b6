/** Scores as people read them. */

/** A whole number, rounded half up, that is 100 only when the score is exactly 100. */
export function displayScore(score: number): number {
  return score >= 100 ? 100 : Math.min(99, Math.floor(score + 0.5))
}

/** Two decimals, at most 99.99 unless the score is exactly 100. */
export function preciseScore(score: number): string {
  return score >= 100 ? '100.00' : Math.min(99.99, Math.round(score * 100) / 100).toFixed(2)
}
