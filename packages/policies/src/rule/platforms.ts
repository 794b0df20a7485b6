/** Rules for some platforms only. */
import type { ControlInputs } from '@kubescape/controls'

/** True when the platform is known, and is none of these, which are in lower case; empty for any. */
export function isForOthers(providers: readonly string[], { cloudProvider = '' }: ControlInputs): boolean {
  return providers.length > 0 && cloudProvider !== '' && !providers.includes(cloudProvider.toLowerCase())
}
