package io.firn.simulator.kubevirt;

import java.util.Map;
import java.util.TreeMap;

/// Where our objects may differ in shape from the real ones, as patterns of differences (`-` only
/// theirs, `+` only ours), each with its reason. Patterns that begin with `?` need not occur:
/// whether they do is another part's business.
final class AllowedDifferences {
  private static final String RESTORED =
      "the golden machine had been restored: revisionName set, its objects without owner";
  private static final String AGENT = "the golden guest was imitated and told less of itself";
  private static final String SCHEDULER = "filled in by kube-scheduler and admission of pods";
  private static final String NODE =
      "the golden node agent wrote no context, and no times that it did not know";
  private static final String PROVISIONER = "the golden volumes were bound by a simpler driver";

  static final Map<String, String> MACHINE = Map.of("- /spec/instancetype/revisionName", RESTORED);
  static final Map<String, String> INSTANCE =
      Map.of(
          "\\+ /status/guestOSInfo/(kernelRelease|version)", AGENT,
          "\\+ /status/interfaces\\[]/ipAddress(es\\[])?", AGENT,
          "\\+ /status/conditions\\[\\w+]/last(Probe|Transition)Time", NODE,
          "\\+ /status/selinuxContext", NODE);
  static final Map<String, String> POD =
      Map.of(
          "- /spec/nodeSelector/.*", "the simulated node carries none of KubeVirt's labels",
          "?- /spec/(preemptionPolicy|priority|tolerations\\[]/.*)", SCHEDULER,
          "?[-+] /status/.*", "written by the kubelet");
  static final Map<String, String> INSTANCETYPE_REVISION =
      Map.of("\\+ /metadata/ownerReferences\\[]/.*", RESTORED);
  static final Map<String, String> START_REVISION =
      Map.of("- /data/spec/instancetype/revisionName", RESTORED);
  static final Map<String, String> BACKEND_CLAIM =
      Map.of(
          "\\+ /metadata/ownerReferences\\[]/.*",
          RESTORED,
          "?[-+] /status/.*",
          "written by the volume binder");
  static final Map<String, String> POOL_MACHINE = Map.of();
  static final Map<String, String> POOL =
      Map.of("- /metadata/annotations", "an empty map that kubectl apply left behind");
  static final Map<String, String> POOL_REVISION = Map.of();
  static final Map<String, String> REPLICA_SET = Map.of();
  static final Map<String, String> DATA_VOLUME = Map.of();
  static final Map<String, String> CLAIM =
      Map.of(
          "?\\+ /metadata/annotations/volume\\..*",
          PROVISIONER,
          "?[-+] /status/.*",
          "written by the volume binder");
  static final Map<String, String> STORAGE_PROFILE =
      Map.of("\\+ /status/claimPropertySets\\[]/.*", "our driver is one that CDI recognizes");
  static final Map<String, String> CDI_CONFIG =
      Map.of("?[-+] /status/filesystemOverhead/storageClass/.*", "other storage classes");

  private AllowedDifferences() {}

  /// The patterns themselves, with whether each must occur.
  static Map<String, Boolean> patterns(Map<String, String> allowed) {
    Map<String, Boolean> patterns = new TreeMap<>();
    for (String one : allowed.keySet()) {
      boolean optional = one.startsWith("?");
      patterns.put(optional ? one.substring(1) : one, !optional);
    }
    return patterns;
  }
}
