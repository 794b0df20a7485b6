/** YAML and JSON text as Kubernetes reads it, with positions. */

export { decodeText } from './decode-text.ts'
export { splitDocuments } from './split-documents.ts'
export type { DocumentSlice } from './split-documents.ts'
export type { Header } from './header-scan.ts'
export { openDocument, readDocument } from './read-document.ts'
export type { OpenDocument, ReadResult } from './read-document.ts'
export { locate } from './locate.ts'
export type { Location } from './locate.ts'
export type { Comment } from './comments.ts'
export { parsePath, valueAt } from './path.ts'
export type { PathStep } from './path.ts'
export { lineStarts, positionAt } from './positions.ts'
export type { Position } from './positions.ts'
export { defaultLimits } from './limits.ts'
export type { Limits } from './limits.ts'
export { isValueMap, setEntry } from './value.ts'
export type { Value, ValueMap } from './value.ts'
export type { Problem } from './problem.ts'
export { yamlFromJson, yamlText } from './yaml-text.ts'
export { fieldEdit, isUneditable } from './field-edit.ts'
export type { FieldChange, FieldEdit, TextEdit } from './field-edit.ts'
export { applyEdits, textEdits } from './text-edits.ts'
export { readNodes } from './node-reader/read-nodes.ts'
export type { NodesResult } from './node-reader/read-nodes.ts'
export { writeNode } from './node-writer/write-node.ts'
export { YamlEmitter } from './node-writer/yaml-emitter.ts'
export { compareKeys } from './node-writer/key-order.ts'
export type {
  MappingEntry,
  MappingNode,
  ScalarNode,
  ScalarStyle,
  SequenceNode,
  WriteOptions,
  YamlNode,
} from './node.ts'
export { floatText, jsonFloatText } from './node-writer/number-text.ts'
export { kubernetesStyle, writeAsJson } from './node-writer/write-as-json.ts'
export { isSurrogateEscaped } from './surrogate-escapes.ts'
