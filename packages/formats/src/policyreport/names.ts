/** Names that a Kubernetes API accepts, made of names that it may not. */
import { shortHash } from '@kubescape/results'

const LONGEST_NAME = 253
const LONGEST_LABEL = 63

/** A DNS-1123 subdomain made of the parts; where they had to be changed or cut, a hash of them keeps it apart from others. */
export function objectName(parts: readonly string[]): string {
  return fitted(parts.filter((part) => part !== '').join('-'), LONGEST_NAME, /[^a-z0-9.-]+/g, /\.(?:\.|-)+|-+\./g)
}

/** The value of a label, made of any text in the same way. */
export function labelValue(text: string): string {
  return fitted(text, LONGEST_LABEL, /[^A-Za-z0-9._-]+/g, /$^/)
}

/** True for what can be the name of a namespace: a DNS-1123 label. */
export function isNamespaceName(name: string): boolean {
  return name.length <= LONGEST_LABEL && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(name)
}

function fitted(text: string, longest: number, strange: RegExp, empty: RegExp): string {
  const trimmed = text
    .replaceAll(strange, '-')
    .replaceAll(empty, '-')
    .replaceAll(/^[-._]+|[-._]+$/g, '')
  if (trimmed === text && text.length <= longest) return text
  const suffix = `-${shortHash(text).slice(0, 10)}`
  return `${trimmed.slice(0, longest - suffix.length).replace(/[-._]+$/, '')}${suffix}`.replace(/^-/, '')
}
