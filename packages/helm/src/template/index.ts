/** The template language: package text/template of Go. */
export { Budget } from './budget.ts'
export { ExecutionError, SyntaxProblem } from './error.ts'
export { execute, render, type ExecutionOptions } from './execute.ts'
export type { Frame, FrameFunction, TemplateFunction } from './frame.ts'
export { PlainOutput } from './output.ts'
export { parseTemplate } from './parser.ts'
export { TemplateSet, type Template } from './template-set.ts'
