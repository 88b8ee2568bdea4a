package io.firn.point;

import io.firn.graph.Kinds;
import io.firn.graph.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which points of a vault share a repository (decision 0017). Chosen when the vault is made, and
/// never changed.
public enum DomainPolicy {
  /// One repository a namespace: what its machines have in common is stored once.
  PER_NAMESPACE,
  /// One repository a machine (a pool or replica set counts as one): the smallest to lock, to hand
  /// over and to lose.
  PER_VM,
  /// One repository for all.
  SINGLE;

  private static final String ALL = "all";
  private static final Set<String> MACHINES =
      Set.of(Kinds.VIRTUAL_MACHINE.kind(), Kinds.INSTANCE.kind());
  private static final int LONGEST_NAME = 200;
  private static final int HASH_BYTES = 8;

  /// As users type it.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The policy of that label.
  public static Optional<DomainPolicy> of(String label) {
    return Arrays.stream(values()).filter(policy -> policy.label().equals(label)).findFirst();
  }

  /// The domain of what was asked to be backed up: a VM, an instance, a pool, a replica set.
  public Domain domainOf(ObjectRef root) {
    return new Domain(
        switch (this) {
          case PER_NAMESPACE -> root.namespace();
          case PER_VM -> shortened(root.namespace() + "." + machine(root));
          case SINGLE -> ALL;
        });
  }

  /// A namespace has no dot, so the first dot divides. A VM and its instance are one machine; other
  /// kinds may have a VM's name, so they are told apart by an underscore, which no name has.
  private static String machine(ObjectRef root) {
    if (root.kind().equals(Kinds.POOL.kind())) {
      return "pool_" + root.name();
    }
    if (root.kind().equals(Kinds.REPLICA_SET.kind())) {
      return "set_" + root.name();
    }
    if (root.kind().equals(Kinds.CLAIM.kind())) {
      return "pvc_" + root.name();
    }
    return MACHINES.contains(root.kind()) ? root.name() : "objects_";
  }

  /// Folder names end at 255 bytes; a namespace and a name can have 317.
  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, LONGEST_NAME - 2 * HASH_BYTES - 2) + "__" + hash(name);
  }

  private static String hash(String name) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
