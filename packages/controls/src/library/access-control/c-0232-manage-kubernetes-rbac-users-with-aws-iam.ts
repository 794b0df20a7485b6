/** Manage Kubernetes RBAC users with AWS IAM Authenticator for Kubernetes or Upgrade to AWS CLI v1.16.156. */
import { matching } from '@kubescape/resources'
import { inventory } from '../../checks/objects.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0232',
  name: 'Manage Kubernetes RBAC users with AWS IAM Authenticator for Kubernetes or Upgrade to AWS CLI v1.16.156',
  baseScore: 7,
  scope: ['EKS'],
  why: 'This Role is listed so that a person can see to whom it maps in AWS. Access to EKS goes by IAM identities; users with client certificates or shared tokens beside it keep their rights when IAM takes theirs away.',
  repair:
    'Grant people access by EKS access entries or the AWS IAM Authenticator, and bind this Role to the groups that these map to in `subjects`. Take away users that come from certificates, and use a current AWS CLI, which contains the authenticator. Add an exception when reviewed.',
  references: ['eksSecurity', 'authentication'],
  checks: [inventory('review-roles-with-aws-iam-authenticator', [matching('rbac.authorization.k8s.io/v1', 'Role')])],
})
