/** Regular expressions as Go (RE2) understands them. */
export { compile, type PatternLimits, type Regex, type Spend } from './regex.ts'
export { quoteMeta } from './quote-meta.ts'
export { PatternError } from './syntax/pattern-error.ts'
