/** Where rendered text comes from: templates and values. */
export { SourceMap, type SourcePosition, type SourceRange, type ValueUse } from './source-map.ts'
export type { AbsentEntry } from './absent.ts'
export { withoutText } from './spans.ts'
export { TracedOutput } from './traced-output.ts'
export { ValueTracer } from './value-tracer.ts'
