package io.firn.backup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cluster.Cluster;
import io.firn.cluster.ClusterException;
import io.firn.failure.ClusterFailures;
import io.firn.failure.FailureCode;
import io.firn.graph.ClaimRole;
import io.firn.graph.ClaimUse;
import io.firn.graph.Finding;
import io.firn.graph.GraphBuilder;
import io.firn.graph.Kinds;
import io.firn.graph.ObjectGraph;
import io.firn.graph.ObjectRef;
import io.firn.graph.Presence;
import io.firn.graph.ResourceKind;
import io.firn.point.ConsistencyLevel;
import io.firn.point.Domain;
import io.firn.point.DomainPolicy;
import io.firn.point.MoverAccess;
import io.firn.run.AskedRights;
import io.firn.run.MachineLock;
import io.firn.run.MachineLocks;
import io.firn.run.RunMarks;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out what a backup would do. Only reads; a problem is a finding of the plan, not an
/// exception, unless the cluster itself cannot be talked to.
///
/// Thread-safe. Errors are [io.firn.failure.FirnException].
public final class BackupPlanner {
  private final Cluster cluster;
  private final InstantSource clock;
  private final DomainPolicy domains;
  private final Optional<MoverAccess> access;

  /// For a vault with a domain for each namespace.
  public BackupPlanner(Cluster cluster, InstantSource clock) {
    this(cluster, clock, DomainPolicy.PER_NAMESPACE);
  }

  /// For a vault that divides its points so; movers are tried without their mount of it.
  public BackupPlanner(Cluster cluster, InstantSource clock, DomainPolicy domains) {
    this(cluster, clock, domains, Optional.empty());
  }

  /// For a vault that divides its points so, and that movers reach so.
  public BackupPlanner(
      Cluster cluster, InstantSource clock, DomainPolicy domains, MoverAccess access) {
    this(cluster, clock, domains, Optional.of(access));
  }

  private BackupPlanner(
      Cluster cluster, InstantSource clock, DomainPolicy domains, Optional<MoverAccess> access) {
    this.cluster = cluster;
    this.clock = clock;
    this.domains = domains;
    this.access = access;
  }

  public BackupPlan plan(BackupRequest request) {
    try {
      return new Draft(request).plan();
    } catch (ClusterException e) {
      throw ClusterFailures.of(e);
    }
  }

  /// What becomes one point.
  private record Part(String namespace, Domain domain) {}

  /// One plan in the making.
  private final class Draft {
    private final BackupRequest request;
    private final Findings findings = new Findings();
    private final ClusterLookup lookup = new ClusterLookup(cluster.objects());

    Draft(BackupRequest request) {
      this.request = request;
    }

    BackupPlan plan() {
      Map<Part, SequencedSet<ObjectRef>> parts = new LinkedHashMap<>();
      withoutUsedClaims(
              new RootResolver(cluster.objects(), lookup, findings).resolve(request.selections()))
          .forEach(
              root -> parts.computeIfAbsent(partOf(root), _ -> new LinkedHashSet<>()).add(root));
      List<NamespacePlan> plans = new ArrayList<>();
      parts.forEach((part, roots) -> plans.add(planOf(part, roots)));
      reportUnknownExclusions(plans);
      // Asked last, and only where the rest is well: each is a call.
      Map<String, List<NamespacePlan>> byNamespace =
          plans.stream()
              .collect(
                  Collectors.groupingBy(
                      NamespacePlan::namespace, LinkedHashMap::new, Collectors.toList()));
      if (byNamespace.isEmpty()) {
        // Where nothing may be seen, everything may be missing.
        request.selections().forEach(s -> byNamespace.put(namespaceOf(s), List.of()));
      }
      Permissions permissions = new Permissions(new AskedRights(cluster), findings);
      byNamespace.forEach(permissions::check);
      if (findings.runnable()) {
        TemporaryCheck temporary =
            new TemporaryCheck(cluster, request.options(), access, findings, clock.instant());
        byNamespace.forEach(temporary::check);
      }
      byNamespace.forEach(this::reportSeveralPoints);
      return new BackupPlan(request, plans, findings.all(), permissions.missing());
    }

    private static String namespaceOf(Selection selection) {
      return switch (selection) {
        case Selection.Named(ObjectRef root) -> root.namespace();
        case Selection.Labelled labelled -> labelled.namespace();
        case Selection.All all -> all.namespace();
      };
    }

    private Part partOf(ObjectRef root) {
      return new Part(root.namespace(), domains.domainOf(root));
    }

    private void reportSeveralPoints(String namespace, List<NamespacePlan> plans) {
      if (plans.size() > 1) {
        findings.note(
            ObjectRef.of(Kinds.NAMESPACE, "", namespace),
            "The vault has a domain for each machine: this backup becomes "
                + plans.size()
                + " points, captured one after another and not at one moment");
      }
    }

    private NamespacePlan planOf(Part part, SequencedSet<ObjectRef> roots) {
      ObjectGraph graph = new GraphBuilder(lookup).build(List.copyOf(roots));
      VolumeRules volumes =
          new VolumeRules(lookup, cluster.volumeSnapshots(), request.excludedClaims(), findings);
      QuiesceRules quiesce = new QuiesceRules(lookup, findings);
      List<PlannedMachine> machines = new ArrayList<>();
      roots.forEach(this::requireMembers);
      for (Machines.Machine machine : new Machines(lookup).of(roots)) {
        List<ObjectRef> claims = volumes.judge(machine.ref(), machine.claims(graph));
        machines.add(planOf(machine, quiesce.plan(machine), claims));
      }
      roots.stream()
          .filter(PlainRoots::isClaim)
          .forEach(claim -> machines.add(planOfClaim(claim, volumes)));
      reportGraph(graph);
      reportOtherRuns(part.namespace(), machines);
      return new NamespacePlan(
          part.namespace(), part.domain(), machines, volumes.volumes(), volumes.excluded(), graph);
    }

    /// A pool whose machines cannot be listed is not one without machines.
    private void requireMembers(ObjectRef root) {
      Optional<ResourceKind> members =
          root.kind().equals(Kinds.REPLICA_SET.kind())
              ? Optional.of(Kinds.INSTANCE)
              : root.kind().equals(Kinds.POOL.kind())
                  ? Optional.of(Kinds.VIRTUAL_MACHINE)
                  : Optional.empty();
      members
          .flatMap(kind -> lookup.unreadable(kind, root.namespace()))
          .ifPresent(why ->
              findings.stop(
                  FailureCode.CLUSTER_FORBIDDEN,
                  root,
                  "which machines belong to " + root + " is unknown: " + why,
                  "Ask for the rights that are missing: firn doctor --rights."));
    }

    /// A claim that comes with a machine of this backup is no point's subject by itself.
    private SequencedSet<ObjectRef> withoutUsedClaims(SequencedSet<ObjectRef> roots) {
      if (roots.stream().noneMatch(PlainRoots::isClaim)) {
        return roots;
      }
      List<ObjectRef> others = roots.stream().filter(root -> !PlainRoots.isClaim(root)).toList();
      SequencedSet<ObjectRef> kept = new LinkedHashSet<>(roots);
      new GraphBuilder(lookup).build(others).claims().forEach(use -> kept.remove(use.claim()));
      return kept;
    }

    /// A claim by itself is judged as a machine that has one volume: captured, locked and counted
    /// on its own, still while nobody uses it.
    private PlannedMachine planOfClaim(ObjectRef claim, VolumeRules volumes) {
      List<ObjectRef> claims =
          volumes.judge(claim, List.of(new ClaimUse(claim, claim, ClaimRole.DISK, "")));
      Optional<String> user = new ClaimUsers(lookup).of(claim);
      QuiescePlan quiesce =
          user.<QuiescePlan>map(why -> new QuiescePlan.Unfrozen(claim, why))
              .orElseGet(QuiescePlan.Stopped::new);
      String uid =
          lookup
              .find(Kinds.CLAIM, claim)
              .map(object -> object.at("/metadata/uid").asText())
              .orElse("");
      return judged(claim, claim, uid, quiesce, "nobody uses it", claims);
    }

    private PlannedMachine planOf(
        Machines.Machine machine, QuiescePlan quiesce, List<ObjectRef> claims) {
      return judged(
          machine.ref(), machine.root(), machine.uid(), quiesce, "the machine is stopped", claims);
    }

    private PlannedMachine judged(
        ObjectRef machine,
        ObjectRef root,
        String uid,
        QuiescePlan quiesce,
        String still,
        List<ObjectRef> claims) {
      ConsistencyLevel expected =
          switch (quiesce) {
            case QuiescePlan.Freeze _, QuiescePlan.Stopped _ -> ConsistencyLevel.FILESYSTEM;
            case QuiescePlan.Unfrozen _ ->
                claims.isEmpty() ? ConsistencyLevel.FILESYSTEM : ConsistencyLevel.CRASH;
          };
      String reason =
          switch (quiesce) {
            case QuiescePlan.Freeze _ -> "the guest agent freezes its file systems";
            case QuiescePlan.Stopped _ -> still;
            case QuiescePlan.Unfrozen(ObjectRef _, String why) ->
                claims.isEmpty() ? "it has no volume to capture" : why;
          };
      if (expected.compareTo(request.wanted()) < 0) {
        request
            .demanded()
            .ifPresentOrElse(
                demanded -> reportTooWeak(machine, demanded, expected, reason),
                () -> warnOfCrash(machine, reason));
      }
      return new PlannedMachine(machine, root, uid, quiesce, expected, reason, claims);
    }

    private void warnOfCrash(ObjectRef machine, String reason) {
      findings.warn(
          machine,
          machine + " will be only crash-consistent: " + reason,
          "For more, run qemu-guest-agent in the guest, unpaused; or stop the machine first.");
    }

    private void reportTooWeak(
        ObjectRef machine, ConsistencyLevel demanded, ConsistencyLevel expected, String reason) {
      findings.stop(
          FailureCode.CONSISTENCY_NOT_REACHED,
          machine,
          machine
              + " can be captured at level "
              + expected.label()
              + " only ("
              + reason
              + "), and "
              + demanded.label()
              + " was demanded",
          demanded == ConsistencyLevel.APPLICATION
              ? "KubeVirt does not tell whether hooks ran in the guest: demand filesystem."
              : "Repair the cause, or demand less: --consistency " + expected.label());
    }

    /// Claims have findings of their own; what else the graph misses makes the point poorer, but
    /// never stops a backup. What a machine can do without is no loss.
    private void reportGraph(ObjectGraph graph) {
      for (Finding finding : graph.findings()) {
        boolean claim = finding.about().kind().equals(Kinds.CLAIM.kind());
        switch (finding.severity()) {
          case ERROR -> {
            if (!claim && !graph.roots().contains(finding.about())) {
              warnOf(finding);
            }
          }
          case WARNING -> {
            if (missing(graph, finding.about())) {
              findings.note(finding.about(), finding.message());
            } else {
              warnOf(finding);
            }
          }
          case INFO -> findings.note(finding.about(), finding.message());
        }
      }
    }

    private void warnOf(Finding finding) {
      findings.warn(finding.about(), finding.message(), "See the whole graph: firn graph.");
    }

    private static boolean missing(ObjectGraph graph, ObjectRef ref) {
      return Optional.ofNullable(graph.nodes().get(ref))
          .filter(node -> node.presence() instanceof Presence.Missing)
          .isPresent();
    }

    private void reportOtherRuns(String namespace, List<PlannedMachine> machines) {
      Set<ObjectRef> mine = new LinkedHashSet<>();
      machines.forEach(machine -> mine.add(MachineLock.refOf(machine.machine())));
      locks(namespace).stream()
          .flatMap(object -> MachineLock.read(object).stream())
          .filter(lock -> mine.contains(lock.ref()))
          .filter(lock -> lock.over(clock.instant()).isEmpty())
          .forEach(lock ->
              findings.stop(
                  FailureCode.PRECONDITION_FAILED,
                  lock.machine(),
                  MachineLocks.heldText(lock),
                  MachineLocks.HELD_GUIDANCE));
    }

    /// Where they may not be listed, the run may not lock either: its rights are asked for.
    private List<ObjectNode> locks(String namespace) {
      try {
        return cluster.objects().list(Kinds.CONFIG_MAP, namespace, RunMarks.SELECTOR);
      } catch (ClusterException e) {
        if (e.code() == ClusterException.Code.FORBIDDEN) {
          return List.of();
        }
        throw e;
      }
    }

    private void reportUnknownExclusions(List<NamespacePlan> plans) {
      for (String claim : request.excludedClaims()) {
        boolean known =
            plans.stream()
                .flatMap(plan -> plan.graph().claims().stream())
                .map(use -> use.claim())
                .anyMatch(
                    c -> c.name().equals(claim) || (c.namespace() + "/" + c.name()).equals(claim));
        if (!known) {
          findings.warn(
              ObjectRef.of(Kinds.CLAIM, "", claim),
              "No machine of this backup has a claim " + claim + " to exclude",
              "Check --exclude-volume; the claims are listed below the plan.");
        }
      }
    }
  }
}
