/** Ensure that Service Account Tokens are only mounted where necessary. */
import { automount } from '../../checks/automount.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0190',
  name: 'Ensure that Service Account Tokens are only mounted where necessary',
  baseScore: 5,
  category: 'Workload',
  scope: ['cluster', 'file'],
  why: 'A token for the Kubernetes API lies in the file system of these pods although most programs never need one. A flaw that reads files, such as a path traversal, is then enough to act as the ServiceAccount.',
  repair:
    'Write `automountServiceAccountToken: false` into the pod spec of workloads that do not call the API. For those that do, name an account with few rights in `serviceAccountName`, mount a short-lived projected token where only one container needs it, and add an exception.',
  references: ['serviceAccounts'],
  checks: [automount],
})
