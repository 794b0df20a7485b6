/** Classes of Unicode by the names that Go knows. */
import type { UnicodeClass } from './char-set.ts'

/** General categories with their long names, and what Go has beside them. */
const CATEGORIES: ReadonlyMap<string, string> = new Map(
  [
    'C Other',
    'Cc Control cntrl',
    'Cf Format',
    'Cn Unassigned',
    'Co Private_Use',
    'Cs Surrogate',
    'L Letter',
    'LC Cased_Letter',
    'Ll Lowercase_Letter',
    'Lm Modifier_Letter',
    'Lo Other_Letter',
    'Lt Titlecase_Letter',
    'Lu Uppercase_Letter',
    'M Mark Combining_Mark',
    'Mc Spacing_Mark',
    'Me Enclosing_Mark',
    'Mn Nonspacing_Mark',
    'N Number',
    'Nd Decimal_Number digit',
    'Nl Letter_Number',
    'No Other_Number',
    'P Punctuation punct',
    'Pc Connector_Punctuation',
    'Pd Dash_Punctuation',
    'Pe Close_Punctuation',
    'Pf Final_Punctuation',
    'Pi Initial_Punctuation',
    'Po Other_Punctuation',
    'Ps Open_Punctuation',
    'S Symbol',
    'Sc Currency_Symbol',
    'Sk Modifier_Symbol',
    'Sm Math_Symbol',
    'So Other_Symbol',
    'Z Separator',
    'Zl Line_Separator',
    'Zp Paragraph_Separator',
    'Zs Space_Separator',
    'Any',
    'ASCII',
    'Assigned',
  ].flatMap((line) => {
    const names = line.split(' ')
    return names.map((name): [string, string] => [plainName(name), names[0] ?? ''])
  }),
)

/** The class of a name such as `L`, `Lu` or `Greek`; undefined when there is none. */
export function unicodeClass(name: string, isNegated: boolean): UnicodeClass | undefined {
  const found = CATEGORIES.get(plainName(name)) ?? scriptName(name)
  return found === undefined ? undefined : { name: found, isNegated }
}

/** Scripts are those that the engine knows, in Unicode's spelling; there are too many to list. */
function scriptName(name: string): string | undefined {
  if (!/^[A-Za-z_ -]{2,40}$/.test(name)) return undefined
  const words = name.split(/[_ -]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
  return [name, words.join('_')].map((each) => `Script=${each}`).find(isProperty)
}

function isProperty(name: string): boolean {
  try {
    return new RegExp(`\\p{${name}}`, 'u').unicode
  } catch {
    return false
  }
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[_ -]/g, '')
}
