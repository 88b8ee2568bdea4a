package io.firn.cluster.rights;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The roles that Firn ships and the table of its documentation, made of [Grants]. Stateless.
public final class RoleFiles {
  private static final String MADE =
      "# Made from the list of rights in the code, and compared with it at each build. Do not"
          + " edit.\n";

  private RoleFiles() {}

  /// File name to content, of every role.
  public static Map<String, String> roles() {
    Map<String, String> files = new LinkedHashMap<>();
    for (GrantingRole role : GrantingRole.values()) {
      files.put(role.title() + ".yaml", MADE + comment(role) + text(role));
    }
    return files;
  }

  private static String comment(GrantingRole role) {
    return switch (role) {
      case MACHINES ->
          """
          # For who backs up and restores machines of a namespace. Bind it there:
          #   kubectl create rolebinding firn -n NAMESPACE --clusterrole firn-machines --user USER
          # Whoever is admin of a namespace has it too.
          """;
      case CLUSTER ->
          """
          # The few things of the whole cluster that Firn looks at: classes, volumes, shared types.
          #   kubectl create clusterrolebinding firn-USER --clusterrole firn-cluster --user USER
          """;
      case ADMIN ->
          """
          # For who backs up and restores every namespace, makes namespaces, and restores what all share.
          #   kubectl create clusterrolebinding firn-USER --clusterrole firn-admin --user USER
          """;
    };
  }

  private static String text(GrantingRole role) {
    return RoleText.role(role.title(), "", labels(role), rights(role));
  }

  private static String labels(GrantingRole role) {
    String own = "  labels:\n    app.kubernetes.io/name: firn\n";
    return switch (role) {
      case MACHINES -> own + "    rbac.authorization.k8s.io/aggregate-to-admin: \"true\"\n";
      case CLUSTER, ADMIN -> own;
    };
  }

  /// What a role grants; an admin's includes the others'.
  public static Collection<Right> rights(GrantingRole role) {
    return Grants.all().stream()
        .filter(grant -> role == GrantingRole.ADMIN || grant.role() == role)
        .map(Grant::right)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// The rows of the table in the documentation: resource, verbs, role, what needs it, what uses
  /// it.
  public static String table() {
    Map<String, List<Grant>> rows =
        Grants.all().stream()
            .collect(
                Collectors.groupingBy(
                    grant ->
                        grant.right().qualifiedResource()
                            + (grant.right().name().isEmpty() ? "" : " " + grant.right().name())
                            + " "
                            + grant.role().title()
                            + names(grant.needs())
                            + " | "
                            + names(grant.uses()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    StringBuilder text =
        new StringBuilder(
            "| resource | verbs | role | needed for | used for |\n|---|---|---|---|---|\n");
    rows.values().stream()
        .sorted(Comparator.comparing(row -> row.getFirst().right().qualifiedResource()))
        .forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<Grant> row) {
    Grant first = row.getFirst();
    String only = first.right().name().isEmpty() ? "" : " (only " + first.right().name() + ")";
    return "| `%s`%s | %s | %s | %s | %s |\n"
        .formatted(
            first.right().qualifiedResource(),
            only,
            row.stream().map(grant -> grant.right().verb()).collect(Collectors.joining(", ")),
            first.role().title(),
            names(first.needs()),
            names(first.uses()));
  }

  private static String names(Collection<Feature> features) {
    return features.stream().sorted().map(Feature::title).collect(Collectors.joining(", "));
  }
}
