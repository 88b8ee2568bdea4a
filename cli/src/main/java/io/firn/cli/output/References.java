package io.firn.cli.output;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.graph.ObjectRef;
import java.util.Locale;

/// Objects by name, as kubectl writes them. Stateless.
public final class References {
  private References() {}

  /// `vm/orders-db`, `pvc/data`: the form that commands take.
  public static String shortName(ObjectRef ref) {
    String kind =
        switch (ref.kind()) {
          case "VirtualMachine" -> "vm";
          case "VirtualMachineInstance" -> "vmi";
          case "VirtualMachineInstanceReplicaSet" -> "vmirs";
          case "VirtualMachinePool" -> "vmpool";
          case "PersistentVolumeClaim" -> "pvc";
          case "DataVolume" -> "dv";
          default -> ref.kind().toLowerCase(Locale.ROOT);
        };
    return kind + "/" + ref.name();
  }

  /// The four parts of the name.
  public static ObjectNode document(ObjectRef ref) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("apiGroup", ref.apiGroup())
        .put("kind", ref.kind())
        .put("namespace", ref.namespace())
        .put("name", ref.name());
  }
}
