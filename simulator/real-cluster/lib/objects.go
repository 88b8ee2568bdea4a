package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"
	"strings"
)

// object is any object of Kubernetes, as JSON has it.
type object = map[string]any

// files says which file an object of a kind belongs to; what has no file here is an operator's work
// (Deployments, Services, certificates) and is left out.
var files = map[string]string{
	"CustomResourceDefinition":         "definitions.json",
	"ServiceAccount":                   "rights.json",
	"ClusterRole":                      "rights.json",
	"ClusterRoleBinding":               "rights.json",
	"Role":                             "rights.json",
	"RoleBinding":                      "rights.json",
	"APIService":                       "hooks.json",
	"ValidatingWebhookConfiguration":   "hooks.json",
	"MutatingWebhookConfiguration":     "hooks.json",
	"ValidatingAdmissionPolicy":        "hooks.json",
	"ValidatingAdmissionPolicyBinding": "hooks.json",
}

// write puts the objects into the folder, as one List for each file. Calls to the service go to the
// port @PORT@, with the certificate authority @CA@: to be filled in when both are known.
func write(folder, service string, objects []object) {
	lists := map[string][]object{}
	for _, one := range objects {
		if strings.HasPrefix(text(one, "kind"), "ValidatingAdmissionPolicy") {
			one["apiVersion"] = "admissionregistration.k8s.io/v1" // KubeVirt 1.7 says v1
		}
		file, wanted := files[text(one, "kind")]
		if wanted && aim(one, service) {
			delete(one, "status")
			lists[file] = append(lists[file], one)
		}
	}
	for file, items := range lists {
		bytes, err := json.Marshal(object{"apiVersion": "v1", "kind": "List", "items": items})
		check(err)
		check(os.WriteFile(filepath.Join(folder, file), bytes, 0o644))
	}
}

// aim fills in how the service is called, and is false for what calls another service.
func aim(one object, service string) bool {
	if text(one, "kind") == "APIService" {
		spec := one["spec"].(object)
		spec["caBundle"] = "@CA@"
		return point(spec, service)
	}
	hooks, _ := one["webhooks"].([]any)
	for _, hook := range hooks {
		client := hook.(object)["clientConfig"].(object)
		client["caBundle"] = "@CA@"
		if !point(client, service) {
			return false
		}
	}
	return true
}

func point(caller object, service string) bool {
	called, found := caller["service"].(object)
	if found {
		called["port"] = "@PORT@"
	}
	return found && text(called, "name") == service
}

func text(of object, key string) string {
	value, _ := of[key].(string)
	return value
}

// generic turns an object of Go into one of JSON.
func generic(typed any) object {
	bytes, err := json.Marshal(typed)
	check(err)
	var one object
	check(json.Unmarshal(bytes, &one))
	return one
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
