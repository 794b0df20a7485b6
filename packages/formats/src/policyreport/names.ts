/** Names that a Kubernetes API accepts, made of names that it may not. */
import { shortHash } from '@kubescape/results'

const LONGEST_NAME = 253
const LONGEST_LABEL = 63

/** A DNS-1123 subdomain made of the parts; where they had to be changed or cut, a hash of them keeps it apart from others. */
export function objectName(parts: readonly string[]): string {
  const text = parts.filter((part) => part !== '').join('-')
  const legal = text.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-')
  return fitted(text, legal.replaceAll(/\.[-.]+|-+\.[-.]*/g, '-'), LONGEST_NAME)
}

/** The value of a label, made of any text in the same way. */
export function labelValue(text: string): string {
  return fitted(text, text.replaceAll(/[^A-Za-z0-9._-]+/g, '-'), LONGEST_LABEL)
}

/** True for what can be the name of a namespace: a DNS-1123 label. */
export function isNamespaceName(name: string): boolean {
  return name.length <= LONGEST_LABEL && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name)
}

function fitted(text: string, legal: string, longest: number): string {
  const trimmed = legal.replaceAll(/^[-._]+|[-._]+$/g, '')
  if (trimmed === text && text.length <= longest) return text
  const suffix = `-${shortHash(text).slice(0, 10)}`
  return `${trimmed.slice(0, longest - suffix.length).replace(/[-._]+$/, '')}${suffix}`.replace(/^-/, '')
}
