/** Ensure that the Controller Manager RotateKubeletServerCertificate argument is set to true. */
import { failsIfAny } from '../../check.ts'
import { CONTROLLER_MANAGER, eachComponent } from '../../checks/component-pods.ts'
import { defineControl } from '../../control.ts'
import { replacement } from '../../finding.ts'

const OFF = 'RotateKubeletServerCertificate=false'
const ON = 'RotateKubeletServerCertificate=true'

export default defineControl({
  id: 'C-0149',
  name: 'Ensure that the Controller Manager RotateKubeletServerCertificate argument is set to true',
  baseScore: 6,
  category: 'Control plane',
  scope: ['cluster'],
  why: 'The feature gate `RotateKubeletServerCertificate` is switched off for the controller manager. Serving certificates of kubelets are then not renewed before they expire.',
  repair:
    'Remove `RotateKubeletServerCertificate=false` from `--feature-gates` of kube-controller-manager. The gate is on by default.',
  references: ['kubeletTls', 'controllerManagerFlags'],
  checks: [
    eachComponent(
      CONTROLLER_MANAGER,
      'ensure-that-the-controller-manager-RotateKubeletServerCertificate-argument-is-set-to-true',
      (line) =>
        failsIfAny(
          line.items
            .filter(({ text }) => text.includes(OFF))
            .map(({ text, path }) => replacement(path, text.replaceAll(OFF, ON))),
        ),
    ),
  ],
})
