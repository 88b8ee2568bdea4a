package io.firn.graph.links;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.Kinds;
import io.firn.graph.Need;
import io.firn.graph.ObjectRef;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Services that lead to a machine: those whose selector matches the labels of its launcher pod,
/// and the headless one that its subdomain names.
final class ServiceLinks implements MachineLinks {
  /// By one `label=value` of the selector, so that a machine looks only at services that can match.
  private static final Indexing FIRST_LABEL =
      new Indexing("first selected label", ServiceLinks::firstLabel);

  @Override
  public void follow(Machine machine, Draft draft) {
    Map<String, String> labels = podLabels(machine);
    Listing services = draft.index().list(Kinds.SERVICE, machine.ref().namespace());
    Set<String> found = new LinkedHashSet<>();
    labels.forEach((key, value) ->
        services.where(FIRST_LABEL, key + "=" + value).stream()
            .filter(service -> matches(service, labels))
            .forEach(service -> found.add(Json.name(service))));
    found.forEach(name -> link(machine, name, "service spec.selector", draft));
    Json.text(machine.spec(), "subdomain")
        .filter(name -> !found.contains(name))
        .ifPresent(name -> link(machine, name, machine.path("subdomain"), draft));
  }

  private static void link(Machine machine, String service, String path, Draft draft) {
    ObjectRef ref = machine.sibling(Kinds.SERVICE, service);
    draft.link(machine.ref(), ref, Need.OPTIONAL, path);
  }

  /// The template's labels and those that KubeVirt itself puts on a launcher pod.
  private static Map<String, String> podLabels(Machine machine) {
    Map<String, String> labels =
        new LinkedHashMap<>(Json.strings(machine.templateMetadata().path("labels")));
    labels.put("kubevirt.io", "virt-launcher");
    switch (machine.kind()) {
      case VIRTUAL_MACHINE, INSTANCE -> {
        labels.put("vm.kubevirt.io/name", machine.ref().name());
        labels.put("vmi.kubevirt.io/id", machine.ref().name());
      }
      case REPLICA_SET, POOL -> {}
    }
    return labels;
  }

  private static boolean matches(ObjectNode service, Map<String, String> labels) {
    return labels.entrySet().containsAll(selector(service).entrySet());
  }

  private static List<String> firstLabel(ObjectNode service) {
    return selector(service).entrySet().stream()
        .limit(1)
        .map(label -> label.getKey() + "=" + label.getValue())
        .toList();
  }

  private static Map<String, String> selector(ObjectNode service) {
    return Json.strings(Json.at(service, "spec.selector"));
  }
}
