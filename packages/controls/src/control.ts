/** What a control is: a named, scored reason to look at objects, made of one or more checks. */
import type { AttackSteps } from './attack-tracks.ts'
import type { Check } from './check.ts'
import type { InputName, OwnInput } from './inputs.ts'
import type { ReferenceKey } from './references.ts'

/** Categories and their published identifiers. */
export const CATEGORIES = {
  'Control plane': 'Cat-1',
  'Access control': 'Cat-2',
  Secrets: 'Cat-3',
  Network: 'Cat-4',
  Workload: 'Cat-5',
  'Supply chain': 'Cat-6',
  'Resource management': 'Cat-7',
  Storage: 'Cat-8',
  'Node escape': 'Cat-9',
} as const

/** Name of a category or sub-category. */
export type Category = keyof typeof CATEGORIES

/** Where a control applies. */
export type Scope = 'cluster' | 'file' | 'cloud' | 'AKS' | 'EKS' | 'GKE'

/** From where a workload can be reached beyond its cluster: from anywhere, or from what can reach a node. */
export type Reach = 'internet' | 'node'

/** Data that ordinary manifests do not hold and that a control cannot do without. */
export interface Need {
  /** In words, for coverage: `facts of the nodes`. */
  readonly what: string
  /** Kinds that carry it. */
  readonly kinds: readonly string[]
}

/** What a control file declares. */
export interface ControlDeclaration {
  readonly id: string
  readonly name: string
  /** Weight from 1 to 10; severity follows from it. */
  readonly baseScore: number
  readonly category?: Category
  readonly subCategory?: Category
  readonly scope: readonly Scope[]
  /** About running well and not about attacks: it is left out of the risk of a workload. */
  readonly isOperational?: true
  /** `configuration`: without values for its inputs it cannot be judged. */
  readonly actionRequired?: 'configuration' | 'requires review' | 'manual review'
  /** What is wrong and what it leads to. */
  readonly why: string
  /** What to change, in the second person, with the field. */
  readonly repair: string
  /** Pages to read, besides the standards of the frameworks that list it. */
  readonly references?: readonly ReferenceKey[]
  /** What a failure says of who can reach the workload. */
  readonly exposes?: Reach
  /** The steps that a failure opens, by the attack tracks that they are in. */
  readonly attackSteps?: AttackSteps
  readonly needs?: Need
  /** Set where it is not one of ours: no page of the documentation tells of it. */
  readonly isForeign?: true
  readonly checks: readonly Check[]
}

/** Severity of a control, by its base score. */
export type Severity = 'Critical' | 'High' | 'Medium' | 'Low' | 'Unknown'

/** Severities from worst to least. */
export const SEVERITIES: readonly Severity[] = ['Critical', 'High', 'Medium', 'Low', 'Unknown']

/** The severity of a base score: 9 and more Critical, 7 High, 4 Medium, 1 Low. */
export function severityOf(baseScore: number): Severity {
  if (baseScore >= 9) return 'Critical'
  if (baseScore >= 7) return 'High'
  if (baseScore >= 4) return 'Medium'
  return baseScore >= 1 ? 'Low' : 'Unknown'
}

/** Declares a control. */
export function defineControl(declaration: ControlDeclaration): ControlDeclaration {
  return declaration
}

/** Kinds of the objects that a control judges, each once. */
export function kindsOf(control: ControlDeclaration): readonly string[] {
  return [...new Set(control.checks.flatMap((check) => check.match.flatMap((match) => match.kinds)))]
}

/** The inputs that a control reads, each once. */
export function inputsOf(control: ControlDeclaration): readonly InputName[] {
  return [...new Set(control.checks.flatMap((check) => check.inputs ?? []))]
}

/** The inputs that a control brings itself, each once. */
export function ownInputsOf(control: ControlDeclaration): readonly OwnInput[] {
  const byName = new Map(control.checks.flatMap(({ ownInputs = [] }) => ownInputs).map((input) => [input.name, input]))
  return [...byName.values()]
}
