package io.firn.cluster.rights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Rights as the YAML of RBAC's rules, the shortest that says them: what has the same verbs stands
/// together. The same rights give the same text. Stateless.
public final class RoleText {
  static final String API = "apiVersion: rbac.authorization.k8s.io/v1\n";

  private record Resource(String apiGroup, String resource, String name) {}

  private record Rule(String apiGroup, String verbs, String name) {}

  private RoleText() {}

  /// A Role in a namespace, or with "" a ClusterRole.
  public static String role(String name, String namespace, String labels, Collection<Right> of) {
    String kind = namespace.isEmpty() ? "ClusterRole" : "Role";
    return API + "kind: " + kind + "\n" + metadata(name, namespace, labels) + rules(of);
  }

  /// What gives a user that role.
  public static String binding(String name, String namespace, String user) {
    String kind = namespace.isEmpty() ? "ClusterRole" : "Role";
    return API
        + "kind: "
        + kind
        + "Binding\n"
        + metadata(name, namespace, "")
        + "roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s}\n"
            .formatted(kind, name)
        + "subjects:\n- "
        + subject(user)
        + "\n";
  }

  private static String metadata(String name, String namespace, String labels) {
    String where = namespace.isEmpty() ? "" : "  namespace: " + namespace + "\n";
    return "metadata:\n  name: " + name + "\n" + where + labels;
  }

  private static String subject(String user) {
    String[] parts = user.split(":", -1);
    return user.startsWith("system:serviceaccount:") && parts.length == 4
        ? "{kind: ServiceAccount, namespace: %s, name: %s}".formatted(parts[2], parts[3])
        : "{kind: User, apiGroup: rbac.authorization.k8s.io, name: \"%s\"}"
            .formatted(user.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  static String rules(Collection<Right> rights) {
    Map<Resource, Set<String>> verbs = new LinkedHashMap<>();
    for (Right right : rights) {
      verbs
          .computeIfAbsent(
              new Resource(right.apiGroup(), right.resource(), right.name()),
              _ -> new LinkedHashSet<>())
          .add(right.verb());
    }
    Map<Rule, Set<String>> rules = new LinkedHashMap<>();
    verbs.forEach((resource, allowed) ->
        rules
            .computeIfAbsent(
                new Rule(resource.apiGroup(), inOrder(allowed), resource.name()),
                _ -> new TreeSet<>())
            .add(resource.resource()));
    Map<String, List<String>> byGroup = new TreeMap<>();
    rules.forEach((rule, resources) ->
        byGroup
            .computeIfAbsent(rule.apiGroup(), _ -> new ArrayList<>())
            .add(text(rule, resources)));
    return "rules:\n"
        + byGroup.values().stream().flatMap(List::stream).collect(Collectors.joining());
  }

  private static String text(Rule rule, Set<String> resources) {
    String group = rule.apiGroup().isEmpty() ? "\"\"" : rule.apiGroup();
    String names = rule.name().isEmpty() ? "" : ", resourceNames: [" + rule.name() + "]";
    return "- {apiGroups: [%s], resources: [%s]%s, verbs: [%s]}\n"
        .formatted(group, String.join(", ", resources), names, rule.verbs());
  }

  private static String inOrder(Set<String> verbs) {
    List<String> usual = List.of("get", "list", "watch", "create", "update", "patch", "delete");
    return verbs.stream()
        .sorted(Comparator.comparingInt(usual::indexOf))
        .collect(Collectors.joining(", "));
  }
}
