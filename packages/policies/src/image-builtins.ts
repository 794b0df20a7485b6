/** Builtins that published rules call beside those of the language: names of images, and signatures. */
import { compile } from '@kubescape/regex'
import { BuiltinError, define, EvaluationError, STRING, ANY, BOOLEAN, type Builtin } from '@kubescape/rego'

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*'
const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const REFERENCE = compile(`^(${DOMAIN}/${COMPONENT}(?:/${COMPONENT})*)(?::([\\w][\\w.-]{0,127}))?(?:@(${DIGEST}))?$`)
const IDENTIFIER = compile('^[a-f0-9]{64}$')
/** Longest name of an image, without tag and digest. */
const LONGEST_NAME = 255

/** The builtins. */
export const IMAGE_BUILTINS: readonly Builtin[] = [
  define('image.parse_normalized_name', [STRING], STRING, (_context, image) => {
    if (typeof image !== 'string') throw new BuiltinError('eval_type_error', 'operand 1 must be string')
    const name = normalizedName(image)
    if (name === undefined)
      throw new BuiltinError('eval_builtin_error', `${image.slice(0, 100)} is no name of an image`)
    return name
  }),
  define('cosign.has_signature', [STRING], BOOLEAN, () => refuseSignatures('cosign.has_signature')),
  define('cosign.verify', [STRING, ANY], BOOLEAN, () => refuseSignatures('cosign.verify')),
]

/**
 * The whole name of an image: `nginx` is `docker.io/library/nginx`; tag and digest stay as they are. Undefined for what is no name.
 * As https://github.com/distribution/reference describes it.
 */
function normalizedName(image: string): string | undefined {
  if (IDENTIFIER.test(image)) return undefined
  const slash = image.indexOf('/')
  const first = image.slice(0, Math.max(0, slash))
  const isDomain = slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first)
  const domain = !isDomain || first === 'index.docker.io' ? 'docker.io' : first
  let rest = isDomain ? image.slice(slash + 1) : image
  if (domain === 'docker.io' && !rest.includes('/')) rest = `library/${rest}`
  const whole = `${domain}/${rest}`
  const [match, name = ''] = REFERENCE.findSubmatch(whole) ?? []
  return match === undefined || name.length > LONGEST_NAME ? undefined : whole
}

/** Signatures are kept by registries, and a scan asks nobody but its target: without an answer there is no verdict. */
function refuseSignatures(name: string): never {
  throw new EvaluationError(
    'eval_builtin_error',
    `${name} would have to ask the registry of the image, which a scan does not do`,
  )
}
