package io.firn.simulator.kubevirt;

import static io.firn.simulator.client.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.simulator.client.ApiClient;
import io.firn.simulator.client.Fields;
import io.firn.simulator.client.Meta;
import io.firn.simulator.client.Types;
import java.util.Set;

/// Disruption budgets for instances that are to be migrated rather than evicted.
final class Disruption {
  private static final Set<String> PROTECTED = Set.of("LiveMigrate", "External");

  private final ApiClient client;

  Disruption(ApiClient client) {
    this.client = client;
  }

  void protect(ObjectNode instance) {
    if (!PROTECTED.contains(text(instance, "spec", "evictionStrategy"))) {
      return;
    }
    boolean there =
        client.list(Types.DISRUPTION_BUDGET, Meta.namespace(instance), "").stream()
            .anyMatch(budget -> Meta.controlledBy(budget, Meta.uid(instance)));
    if (!there) {
      client.create(Types.DISRUPTION_BUDGET, budget(instance));
    }
  }

  private static ObjectNode budget(ObjectNode instance) {
    ObjectNode budget = Types.DISRUPTION_BUDGET.newObject(Meta.namespace(instance), "");
    Fields.object(budget, "metadata").put("generateName", "kubevirt-disruption-budget-");
    Meta.setController(budget, instance);
    ObjectNode spec = Fields.object(budget, "spec").put("minAvailable", 1);
    Fields.object(spec, "selector", "matchLabels")
        .put(InstanceBuilder.CREATED_BY, Meta.uid(instance));
    return budget;
  }
}
