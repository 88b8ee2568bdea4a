package io.firn.restore;

import io.firn.graph.ClaimUse;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import io.firn.graph.ResourceKind;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/// The names that captured objects get. A machine is renamed because the user says so; its claims,
/// DataVolumes and ControllerRevisions only where their names are taken in the target namespace.
record Names(String sourceNamespace, String targetNamespace, Map<ObjectRef, String> renames) {
  private static final int LONGEST = 253;

  /// Where a captured object will be.
  ObjectRef target(ObjectRef source) {
    String name = renames.getOrDefault(source, source.name());
    String namespace =
        source.namespace().equals(sourceNamespace) ? targetNamespace : source.namespace();
    return new ObjectRef(source.apiGroup(), source.kind(), namespace, name);
  }

  static Names of(CapturedPoint point, RestoreRequest request, TargetCluster target) {
    Map<ObjectRef, String> renames = new HashMap<>();
    for (ObjectRef machine : point.graph().nodes().keySet()) {
      String wanted = request.renames().get(machine.name());
      if (wanted != null && isMachine(machine) && point.definitions().containsKey(machine)) {
        renames.put(machine, wanted);
        claims(point, machine, wanted, target, renames);
        revisions(point, machine, wanted, target, renames);
      }
    }
    if (!request.volumes().isEmpty()) {
      // Claims alone: a name that is given is a claim's, and its DataVolume follows.
      renames.clear();
      request
          .renames()
          .forEach((claim, wanted) -> {
            renames.put(ObjectRef.of(Kinds.CLAIM, point.namespace(), claim), wanted);
            renames.put(ObjectRef.of(Kinds.DATA_VOLUME, point.namespace(), claim), wanted);
          });
    }
    return new Names(point.namespace(), target.namespace(), renames);
  }

  private static boolean isMachine(ObjectRef ref) {
    return is(ref, Kinds.VIRTUAL_MACHINE) || is(ref, Kinds.INSTANCE) || is(ref, Kinds.REPLICA_SET);
  }

  private static void claims(
      CapturedPoint point,
      ObjectRef machine,
      String wanted,
      TargetCluster target,
      Map<ObjectRef, String> renames) {
    for (ClaimUse use : point.graph().claims()) {
      String claim = use.claim().name();
      if (use.machine().equals(machine) && taken(target, claim)) {
        String name = replaced(claim, machine.name(), wanted);
        renames.put(ObjectRef.of(Kinds.CLAIM, point.namespace(), claim), name);
        renames.put(ObjectRef.of(Kinds.DATA_VOLUME, point.namespace(), claim), name);
      }
    }
  }

  private static boolean taken(TargetCluster target, String claim) {
    return target.foreign(ObjectRef.of(Kinds.CLAIM, target.namespace(), claim))
        || target.foreign(ObjectRef.of(Kinds.DATA_VOLUME, target.namespace(), claim));
  }

  private static void revisions(
      CapturedPoint point,
      ObjectRef machine,
      String wanted,
      TargetCluster target,
      Map<ObjectRef, String> renames) {
    point
        .definitions()
        .forEach((ref, object) -> {
          boolean own =
              is(ref, Kinds.CONTROLLER_REVISION)
                  && CapturedPoint.owner(object, Kinds.VIRTUAL_MACHINE)
                      .filter(machine.name()::equals)
                      .isPresent();
          ObjectRef there = ObjectRef.of(Kinds.CONTROLLER_REVISION, target.namespace(), ref.name());
          if (own && target.foreign(there)) {
            renames.put(ref, replaced(ref.name(), machine.name(), wanted));
          }
        });
  }

  /// The machine's new name in place of the old one, or in front where the old one is not part.
  private static String replaced(String name, String machine, String wanted) {
    int at = name.indexOf(machine);
    String renamed =
        at < 0
            ? wanted + "-" + name
            : name.substring(0, at) + wanted + name.substring(at + machine.length());
    if (renamed.equals(name)) {
      renamed = name + "-" + wanted;
    }
    if (renamed.length() <= LONGEST) {
      return renamed;
    }
    String digest = HexFormat.of().toHexDigits(renamed.hashCode());
    return renamed.substring(0, LONGEST - digest.length() - 1) + "-" + digest;
  }

  private static boolean is(ObjectRef ref, ResourceKind kind) {
    return ref.apiGroup().equals(kind.apiGroup()) && ref.kind().equals(kind.kind());
  }
}
