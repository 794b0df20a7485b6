# Counts and lists per namespace, with nested comprehensions.
package bench.comprehension

import rego.v1

deny contains result if {
	some namespace, names in workloads_of
	not policed[namespace]
	result := {"alertMessage": sprintf("%s has %d workloads and no network policy: %s", [namespace, count(names), concat(", ", sort(names))])}
}

workloads_of[namespace] := names if {
	some workload in input
	namespace := object.get(workload.metadata, "namespace", "default")
	names := {other.metadata.name |
		some other in input
		other.kind == "Deployment"
		object.get(other.metadata, "namespace", "default") == namespace
	}
	count(names) > 0
}

policed[namespace] if {
	some policy in input
	policy.kind == "NetworkPolicy"
	namespace := object.get(policy.metadata, "namespace", "default")
}

images := {image |
	some workload in input
	some container in array.concat(
		object.get(workload, ["spec", "template", "spec", "containers"], []),
		object.get(workload, ["spec", "template", "spec", "initContainers"], []),
	)
	image := container.image
}

deny contains result if {
	some image in images
	not contains(image, "@sha256:")
	parts := split(image, ":")
	tag := parts[count(parts) - 1]
	tag in {"latest", image}
	result := {"alertMessage": sprintf("%s has no fixed version", [image])}
}
