/** Minimize user access to Amazon ECR. */
import { cloudInventory } from '../../checks/cloud.ts'
import { defineControl } from '../../control.ts'

export default defineControl({
  id: 'C-0222',
  name: 'Minimize user access to Amazon ECR',
  baseScore: 6,
  scope: ['EKS'],
  why: 'These are the IAM policies of the AWS account, for a person to review. Whoever may push to or delete from Amazon ECR decides what code runs in the cluster.',
  repair:
    'Look through the policies for `ecr:` actions that write, such as `ecr:PutImage`, `ecr:BatchDeleteImage` and `ecr:*`, and see who holds them. Leave them to the build system and give people read actions on the repositories that they need, named in `Resource`. Add an exception when done.',
  references: ['eksSecurity', 'images'],
  needs: { what: "the cloud's identities and their rights (PolicyVersion objects)", kinds: ['PolicyVersion'] },
  checks: [cloudInventory('ensure-aws-policies-are-present', 'eks', 'PolicyVersion')],
})
