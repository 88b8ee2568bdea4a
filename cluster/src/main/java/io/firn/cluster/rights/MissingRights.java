package io.firn.cluster.rights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What a user lacks, by namespace ("" for the whole cluster), and the roles that would give it.
/// Immutable.
public record MissingRights(Map<String, Set<Right>> rights, Optional<String> user) {
  public static final MissingRights NONE = new MissingRights(Map.of(), Optional.empty());

  public MissingRights {
    Map<String, Set<Right>> kept = new LinkedHashMap<>();
    rights.forEach((namespace, lacked) -> {
      for (Right right : lacked) {
        // A Role says nothing about the cluster.
        String place = right.namespaced() ? namespace : "";
        kept.computeIfAbsent(place, _ -> new LinkedHashSet<>()).add(right);
      }
    });
    rights = kept;
  }

  public boolean isEmpty() {
    return rights.isEmpty();
  }

  /// One line a namespace: `in namespace shop: create, delete jobs.batch; get pods/log`.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    rights.forEach((namespace, lacked) ->
        lines.add(
            (namespace.isEmpty() ? "in the cluster: " : "in namespace " + namespace + ": ")
                + text(lacked)));
    return lines;
  }

  /// Rights as a person reads them, verbs of one resource together.
  public static String text(Set<Right> rights) {
    Map<String, List<String>> verbs = new LinkedHashMap<>();
    rights.forEach(right ->
        verbs.computeIfAbsent(right.qualifiedResource(), _ -> new ArrayList<>()).add(right.verb()));
    return String.join(
        "; ",
        verbs.entrySet().stream()
            .map(entry -> String.join(", ", entry.getValue()) + " " + entry.getKey())
            .toList());
  }

  /// A Role for each namespace and a ClusterRole, with their bindings where the user is known, as
  /// YAML to apply; "" where nothing is missing. Names are made of what they grant, so that one
  /// never takes the place of another.
  public String yaml() {
    List<String> documents = new ArrayList<>();
    rights.forEach((namespace, lacked) -> {
      String name = "firn-missing-" + hash(lacked.toString() + user);
      documents.add(RoleText.role(name, namespace, "", lacked));
      user.ifPresent(who -> documents.add(RoleText.binding(name, namespace, who)));
    });
    return String.join("---\n", documents);
  }

  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString().substring(0, 8);
  }
}
