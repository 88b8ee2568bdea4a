package io.firn.point;

import static org.assertj.core.api.Assertions.assertThat;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DomainPolicyTest {
  @Test
  void domain_ofEachPolicy() {
    ObjectRef vm = ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "orders-db");

    assertThat(DomainPolicy.PER_NAMESPACE.domainOf(vm).name()).isEqualTo("shop");
    assertThat(DomainPolicy.PER_VM.domainOf(vm).name()).isEqualTo("shop.orders-db");
    assertThat(DomainPolicy.SINGLE.domainOf(vm).name()).isEqualTo("all");
  }

  @Test
  void perVm_namesThatLookAlike_neverClash() {
    String longName = "x".repeat(252);
    List<String> namespaces = List.of("a", "a-b", "a-pool", "n".repeat(63));
    List<String> names =
        List.of("c", "b-c", "b.c", "a.c", "pool", "set", longName + "1", longName + "2");
    List<ResourceKind> kinds = List.of(Kinds.VIRTUAL_MACHINE, Kinds.POOL, Kinds.REPLICA_SET);
    Set<String> domains = new HashSet<>();
    for (String namespace : namespaces) {
      for (String name : names) {
        for (ResourceKind kind : kinds) {
          domains.add(DomainPolicy.PER_VM.domainOf(ObjectRef.of(kind, namespace, name)).name());
        }
      }
    }

    assertThat(domains).hasSize(namespaces.size() * names.size() * kinds.size());
    assertThat(domains).allSatisfy(name -> assertThat(name).matches("[a-z0-9][a-z0-9._-]{0,199}"));
  }

  @Test
  void perVm_machineAndItsInstance_areOneDomain() {
    assertThat(DomainPolicy.PER_VM.domainOf(ObjectRef.of(Kinds.INSTANCE, "shop", "db")))
        .isEqualTo(DomainPolicy.PER_VM.domainOf(ObjectRef.of(Kinds.VIRTUAL_MACHINE, "shop", "db")));
  }

  @Test
  void labels_readBack() {
    for (DomainPolicy policy : DomainPolicy.values()) {
      assertThat(DomainPolicy.of(policy.label())).contains(policy);
    }
    assertThat(DomainPolicy.of("per-planet")).isEmpty();
  }
}
