/** `kubescape update`: how to get the newest version. It asks nobody which that is. */
import { versionText } from '../version.ts'

/** The text. */
export function renderUpdate(): string {
  return `${versionText()}
This program looks up nothing by itself, so it does not know of newer versions. Update it the way it was installed:
  npm      npm install --global kubescape@latest
  brew     brew upgrade kubescape
  scoop    scoop update kubescape
  krew     kubectl krew upgrade kubescape
  script   run install.sh again
`
}
