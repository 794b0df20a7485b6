# METADATA
# title: Trusted registries
# description: An image from a registry that nobody answers for may hold anything.
# custom:
#   id: trusted-registry
#   severity: High
#   category: Workload
#   match:
#     - apiGroups: [""]
#       kinds: [Pod]
#     - apiGroups: [apps]
#       kinds: [Deployment, StatefulSet, DaemonSet]
#   inputs:
#     - name: trustedRegistries
#       description: Registries whose images may run, as the beginnings of image names.
#       default: [registry.example/]
#   remediation: Push the image to a registry of trustedRegistries and name it there.
#   frameworks: [house-rules]
package trusted_registry

pod_specs contains {"path": "spec", "spec": input.spec} if input.kind == "Pod"

pod_specs contains {"path": "spec.template.spec", "spec": input.spec.template.spec} if input.kind != "Pod"

deny contains result if {
	some {"path": path, "spec": spec} in pod_specs
	some field in ["containers", "initContainers"]
	some at, container in spec[field]
	not is_trusted(container.image)
	result := {
		"message": sprintf("%s comes from a registry that is not trusted", [container.image]),
		"path": sprintf("%s.%s[%d].image", [path, field, at]),
	}
}

is_trusted(image) if {
	some registry in data.postureControlInputs.trustedRegistries
	startswith(image, registry)
}
