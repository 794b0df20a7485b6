/** Output formats: the registry and what rendering needs. */
import type { Format } from './format.ts'
import json from './json/index.ts'
import pretty from './pretty/index.ts'
import sarif from './sarif/index.ts'

export { Evidence, type LocatedFinding, type Originals } from './evidence.ts'
export { defineFormat, type Format, type Render, type RenderContext, type SourceRoots } from './format.ts'
export { displayScore } from './score.ts'

export { json as jsonFormat }

/** Every format, in the order of help and docs. */
export const FORMATS: readonly Format[] = [pretty, json, sarif]
