package io.firn.cluster.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.graph.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The committed roles and their page are what the list of rights says. After a change of the list,
/// `mvn -pl cluster -am test -Dtest=RoleFilesTest -Dfirn.rbac.write=true` writes them anew.
final class RoleFilesTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String BEGIN = "<!-- rights: begin -->\n";
  private static final String END = "<!-- rights: end -->\n";
  private static final boolean WRITE = Boolean.getBoolean("firn.rbac.write");

  @Test
  void committedRoles_areMadeOfTheList() throws IOException {
    for (Map.Entry<String, String> file : RoleFiles.roles().entrySet()) {
      Path path = DOCS.resolve("rbac").resolve(file.getKey());
      if (WRITE) {
        Files.writeString(path, file.getValue());
      }
      assertThat(path).hasContent(file.getValue());
    }
  }

  @Test
  void page_hasTheTableOfTheList() throws IOException {
    Path page = DOCS.resolve("rbac.md");
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (WRITE) {
      text = text.substring(0, begin) + RoleFiles.table() + text.substring(end);
      Files.writeString(page, text);
      end = text.indexOf(END);
    }
    assertThat(text.substring(begin, end)).isEqualTo(RoleFiles.table());
  }

  @Test
  void admin_mayWhatTheOthersMay() {
    assertThat(RoleFiles.rights(GrantingRole.ADMIN))
        .containsAll(RoleFiles.rights(GrantingRole.MACHINES))
        .containsAll(RoleFiles.rights(GrantingRole.CLUSTER));
  }

  @Test
  void roleOfANamespace_hasNothingOfTheCluster() {
    assertThat(RoleFiles.rights(GrantingRole.MACHINES)).allMatch(Right::namespaced);
    assertThat(RoleFiles.rights(GrantingRole.CLUSTER)).noneMatch(Right::namespaced);
  }

  @Test
  void missingRights_becomeRolesWithBindings() {
    Right jobs = Right.of("create", Kinds.JOB);
    Right more = Right.of("delete", Kinds.JOB);
    Right classes = Right.of("get", Kinds.STORAGE_CLASS);
    MissingRights missing =
        new MissingRights(
            Map.of("shop", Set.of(jobs, more, classes)),
            Optional.of("system:serviceaccount:shop:bob"));

    assertThat(missing.yaml())
        .contains("kind: Role\nmetadata:\n  name: firn-missing-")
        .contains("{apiGroups: [batch], resources: [jobs], verbs: [create, delete]}")
        .contains("kind: ClusterRole\n")
        .contains("{apiGroups: [storage.k8s.io], resources: [storageclasses], verbs: [get]}")
        .contains("- {kind: ServiceAccount, namespace: shop, name: bob}");
    assertThat(missing.lines()).contains("in the cluster: get storageclasses.storage.k8s.io");
  }

  @Test
  void refusal_namesTheRoleThatGrants() {
    assertThat(Grants.granting("create", "batch", "jobs", true)).contains(GrantingRole.MACHINES);
    assertThat(Grants.granting("list", "kubevirt.io", "virtualmachines", false))
        .contains(GrantingRole.ADMIN);
    assertThat(Grants.granting("get", "storage.k8s.io", "storageclasses", false))
        .contains(GrantingRole.CLUSTER);
    assertThat(Grants.granting("get", "", "nodes", false)).isEmpty();
  }
}
