/** A control as a page of documentation: everything that its declaration and the frameworks say of it. */
import { severityOf, inputsOf, kindsOf, ownInputsOf, type ControlDeclaration, type Severity } from './control.ts'
import type { Framework } from './framework.ts'
import { FRAMEWORKS } from './frameworks/index.ts'
import { INPUT_DESCRIPTIONS, type InputDescription } from './input-descriptions.ts'
import { DEFAULT_INPUTS } from './inputs.ts'
import { referenceOf, type Reference } from './references.ts'

/** What there is to tell about a control. */
export interface ControlDescription {
  readonly id: string
  readonly name: string
  readonly severity: Severity
  readonly baseScore: number
  /** Category and sub-category; empty where the library gives none. */
  readonly category: string
  readonly scope: readonly string[]
  /** Kinds of the objects that it judges. */
  readonly kinds: readonly string[]
  /** Frameworks that list it, with its number there where they number their controls. */
  readonly frameworks: readonly { readonly name: string; readonly number?: string }[]
  readonly why: string
  readonly repair: string
  readonly inputs: readonly (InputDescription & { readonly name: string; readonly defaults: readonly string[] })[]
  /** The standards that it comes from, with its number there, and pages that explain it. */
  readonly references: readonly Reference[]
  /** What has to be there besides ordinary objects, or what a person has to do; empty when nothing. */
  readonly requirement: string
}

/** Gathers what there is to tell about a control, and which of the frameworks list it. */
export function describeControl(
  control: ControlDeclaration,
  known: readonly Framework[] = FRAMEWORKS,
): ControlDescription {
  const { id, name, baseScore, category, subCategory, scope, why, repair } = control
  return {
    id,
    name,
    severity: severityOf(baseScore),
    baseScore,
    category: [category, subCategory].filter((each) => each !== undefined).join(' / '),
    scope,
    kinds: kindsOf(control).toSorted(),
    frameworks: known
      .filter(({ controls }) => controls.includes(id))
      .map(({ name: framework, numbers }) => ({
        name: framework,
        ...(numbers?.[id] === undefined ? {} : { number: numbers[id] }),
      })),
    why,
    repair,
    inputs: [
      ...inputsOf(control).map((input) => ({
        ...INPUT_DESCRIPTIONS[input],
        name: input,
        defaults: DEFAULT_INPUTS[input],
      })),
      ...ownInputsOf(control).map((input) => ({ ...input, type: 'text' as const })),
    ],
    references: [...standardsOf(id, known), ...(control.references ?? []).map(referenceOf)],
    requirement: requirementOf(control),
  }
}

function standardsOf(id: string, known: readonly Framework[]): Reference[] {
  return known
    .filter(({ controls }) => controls.includes(id))
    .flatMap(({ standard, numbers }) => {
      if (standard === undefined) return []
      const number = numbers?.[id]
      return [{ ...standard, title: number === undefined ? standard.title : `${standard.title}, ${number}` }]
    })
}

function requirementOf({ needs, actionRequired }: ControlDeclaration): string {
  if (needs !== undefined) return `It needs ${needs.what}; without it the control is not evaluated.`
  switch (actionRequired) {
    case 'manual review':
      return 'A person has to check it; a scan only reminds of it.'
    case 'requires review':
      return 'What it finds has to be reviewed by a person.'
    case 'configuration':
      return 'It compares with its inputs; when all of them are empty it is skipped.'
    default:
      return ''
  }
}
