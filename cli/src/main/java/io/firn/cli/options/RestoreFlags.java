package io.firn.cli.options;

import io.firn.cluster.MoverTemplate;
import io.firn.restore.ConflictPolicy;
import io.firn.restore.LabelSelector;
import io.firn.restore.RestoreOptions;
import io.firn.restore.RestoreRequest;
import io.firn.restore.RunStrategy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What to restore, where to, and what to change on the way.
public final class RestoreFlags {
  @Option(
      names = "--vm",
      paramLabel = "NAME",
      description = "Only this machine of the point; may be repeated; default: all.")
  private Set<String> machines = new LinkedHashSet<>();

  @Option(
      names = "--only-volume",
      paramLabel = "PVC",
      description =
          "Only this claim of the point (its name or UID), with its data, without its machine; may"
              + " be repeated. --rename gives it another name.")
  private Set<String> volumes = new LinkedHashSet<>();

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description =
          "Only the objects of the point with these labels, as captured; machines among them with"
              + " all that they need, other objects by themselves.")
  private @Nullable String selector;

  @Option(
      names = "--rename",
      paramLabel = "OLD=NEW",
      description = "Restore a machine under another name; may be repeated.")
  private Map<String, String> renames = new LinkedHashMap<>();

  @Option(
      names = "--to-namespace",
      paramLabel = "NAMESPACE",
      description = "Restore into this namespace (made if absent); default: where it was.")
  private @Nullable String targetNamespace;

  @Option(
      names = "--storage-class",
      paramLabel = "OLD=NEW",
      description = "Use another storage class; may be repeated.")
  private Map<String, String> storageClasses = new LinkedHashMap<>();

  @Option(names = "--new-mac", description = "Let the cluster give new MAC addresses.")
  private boolean newMac;

  @Option(names = "--new-firmware-uuid", description = "Give a new firmware UUID and serial.")
  private boolean newFirmwareUuid;

  @Option(
      names = "--run-strategy",
      paramLabel = "STRATEGY",
      description = "Always, Halted, Manual, Once or RerunOnFailure; default: as it was captured.")
  private @Nullable String runStrategy;

  @Option(
      names = "--on-conflict",
      paramLabel = "POLICY",
      defaultValue = "fail",
      description =
          "What to do where an object exists: fail (touch nothing), skip (leave it), replace"
              + " (delete it first); default: ${DEFAULT-VALUE}.")
  private ConflictPolicy onConflict = ConflictPolicy.FAIL;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "4",
      description = "Movers at once; default: ${DEFAULT-VALUE}.")
  private int parallel = 4;

  /// `mover` is what movers are to have.
  public RestoreRequest request(MoverTemplate mover) {
    if (new HashSet<>(renames.values()).size() < renames.size()) {
      throw UsageFailure.of(
          "two machines would get one name: --rename " + renames, "Give each its own new name.");
    }
    if (parallel < 1) {
      throw UsageFailure.of("--parallel is " + parallel, "Give a number of at least 1.");
    }
    int asked = (machines.isEmpty() ? 0 : 1) + (volumes.isEmpty() ? 0 : 1);
    if (asked + (selector == null ? 0 : 1) > 1) {
      throw UsageFailure.of("--vm, --only-volume and -l exclude one another", "Give one of them.");
    }
    RestoreOptions standard = RestoreOptions.DEFAULT;
    return new RestoreRequest(
        machines,
        renames,
        Optional.ofNullable(targetNamespace),
        storageClasses,
        newMac,
        newFirmwareUuid,
        strategy(),
        onConflict,
        new RestoreOptions(
            mover,
            parallel,
            standard.moverRetries(),
            standard.workers(),
            standard.populateDeadline(),
            standard.objectDeadline(),
            standard.startDeadline()),
        volumes,
        labels());
  }

  private Optional<LabelSelector> labels() {
    try {
      return Optional.ofNullable(selector).map(LabelSelector::parse);
    } catch (IllegalArgumentException e) {
      throw UsageFailure.of(
          "-l " + selector + ": " + e.getMessage(),
          "Write it as for kubectl: app=web, tier in (gold,silver), !old.");
    }
  }

  private Optional<RunStrategy> strategy() {
    if (runStrategy == null) {
      return Optional.empty();
    }
    String wanted = runStrategy;
    return Optional.of(
        Arrays.stream(RunStrategy.values())
            .filter(s -> s.label().equalsIgnoreCase(wanted))
            .findFirst()
            .orElseThrow(() ->
                UsageFailure.of(
                    "'" + wanted + "' is no run strategy",
                    "Give Always, Halted, Manual, Once or RerunOnFailure.")));
  }
}
