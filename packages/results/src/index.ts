/** What a scan found, in the words that every format uses. */
export * from './coverage.ts'
export * from './redact.ts'
export * from './report.ts'
export * from './status.ts'
