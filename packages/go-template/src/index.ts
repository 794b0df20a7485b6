/** Go templates: package text/template of Go, its values as templates see them, and how they are printed. */
export { sprint, sprintf, sprintln } from './go/print.ts'
export { kindName, typeName } from './go/type-name.ts'
export {
  type CallContext,
  Dict,
  FunctionError,
  type GoFunction,
  LimitError,
  List,
  MISSING,
  NilDict,
  NilList,
  type ParameterType,
  type Scalar,
  Sized,
  type SizedKind,
  Struct,
  Traced,
  type Value,
  compareBytes,
  int64,
  isNil,
  plain,
} from './go/value.ts'
export {
  type Guard,
  type Origin,
  type SkippedBlock,
  type SourceRun,
  type Span,
  type TemplatePlace,
  type ValueLayer,
  type ValueOrigin,
} from './origin.ts'
export { Budget } from './template/budget.ts'
export { ExecutionError, SyntaxProblem } from './template/error.ts'
export { type ExecutionOptions, execute, render } from './template/execute.ts'
export { Frame, type FrameFunction, type TemplateFunction } from './template/frame.ts'
export { type Output, PlainOutput } from './template/output.ts'
export { parseTemplate } from './template/parser.ts'
export { PREDEFINED } from './template/predefined.ts'
export { printNode } from './template/print-node.ts'
export { type Template, TemplateSet } from './template/template-set.ts'
export { type Tracer } from './template/tracer.ts'
export {
  type ActionNode,
  type BranchNode,
  type ListNode,
  type OperandNode,
  type PipeNode,
  type TextNode,
} from './template/tree.ts'
export { isTrue } from './template/truth.ts'
