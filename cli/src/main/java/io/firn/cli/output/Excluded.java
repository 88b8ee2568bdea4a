package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.backup.ExcludedClaim;
import java.util.List;

/// Claims that are left out, as JSON: never silently. Stateless.
final class Excluded {
  private Excluded() {}

  static ArrayNode document(List<ExcludedClaim> excluded) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (ExcludedClaim claim : excluded) {
      ObjectNode node = array.addObject();
      node.set("machine", References.document(claim.machine()));
      node.set("claim", References.document(claim.claim()));
      node.put("reason", claim.reason());
    }
    return array;
  }
}
