/** Verify image signature. */
import { IMAGE_SIGNATURES, normalised, signedImages } from '../../checks/image-signatures.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0236',
  name: 'Verify image signature',
  baseScore: 7,
  category: 'Workload',
  subCategory: 'Supply chain',
  scope: ['cluster', 'file'],
  actionRequired: 'configuration',
  why: 'No trusted key confirms the signature of this image. It may have been replaced in the registry or on the way, and foreign code would run with the rights of the workload.',
  repair:
    'Sign the image with `cosign sign --key` when you build it and put the public key into the input `trustedCosignPublicKeys`. Refer to it by digest in `image`, so that what was verified is what runs. Enforce the check at admission too, for instance with Kyverno or the Sigstore policy controller.',
  references: ['cosign', 'verifySignatures'],
  needs: IMAGE_SIGNATURES,
  checks: [
    signedImages(
      'verify-image-signature',
      (key, { trustedCosignPublicKeys }) => trustedCosignPublicKeys.some((trusted) => normalised(trusted) === key),
      ['trustedCosignPublicKeys'],
    ),
  ],
})
