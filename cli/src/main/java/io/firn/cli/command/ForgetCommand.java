package io.firn.cli.command;

import io.firn.cli.Session;
import io.firn.cli.options.ForgetScope;
import io.firn.cli.options.KeepOptions;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.ForgetText;
import io.firn.failure.ExitCode;
import io.firn.failure.Failure;
import io.firn.failure.FailureCode;
import io.firn.failure.FirnException;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.retention.ForgetPlan;
import io.firn.retention.ForgetPlanner;
import io.firn.retention.ForgetReport;
import io.firn.retention.ForgetRunner;
import io.firn.retention.PointVerdict;
import io.firn.retention.RetentionPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `firn forget`.
@Command(
    name = "forget",
    description = {
      "Remove recovery points that no rule keeps, or those that are named. Asks nothing.",
      "",
      "Points are counted machine by machine; one that holds several machines stays as long as"
          + " any of them needs it. Protected points stay, and so does the last one of a machine."
          + " The space comes back with firn vault prune."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  firn forget -A --keep-daily 7 --keep-weekly 5 --keep-monthly 12 --dry-run",
      "  firn forget -n shop --vm orders-db --keep-within 30d",
      "  firn forget 20261124-222434-c67d",
      "  firn forget -A --label name=before-upgrade",
      "",
      "Exit code 1: a point that was named may not be forgotten, and none was.",
      "Exit code 3: done, but some points could not be removed; they are listed."
    })
public final class ForgetCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "POINT",
      arity = "0..*",
      description = "Forget these points, each a name, a unique beginning of it, or 'latest'.")
  private List<String> names = new ArrayList<>();

  @Mixin private KeepOptions keep = new KeepOptions();
  @Mixin private ForgetScope scope = new ForgetScope();

  @Option(names = "--dry-run", description = "Print what would be forgotten; do nothing.")
  private boolean dryRun;

  @Option(
      names = "--allow-none",
      description = "Let points that are named go even if a machine is left without any.")
  private boolean allowNone;

  @Mixin private LockOptions locks = new LockOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public ForgetCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Optional<RetentionPolicy> policy = keep.policy();
    requireOneWay(policy);
    boolean clear = policy.isEmpty() && !names.isEmpty();
    PointFilter filter = clear ? scope.filter() : scope.required();
    try (Vault vault = vaults.open(session, locks)) {
      ForgetRunner runner = new ForgetRunner(vault);
      ForgetPlan plan = runner.withStorageLocks(plan(new PointCatalog(vault), policy, filter));
      if (dryRun) {
        output.print(session, ForgetText.planned(plan, session.clock().instant()));
        return refusal(plan, policy).map(f -> ExitCode.of(f.code())).orElse(ExitCode.DONE);
      }
      refusal(plan, policy)
          .ifPresent(failure -> {
            throw new FirnException(failure);
          });
      ForgetReport report = runner.run(plan);
      output.print(session, ForgetText.done(plan, report, session.clock().instant()));
      return report.left().isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
    }
  }

  private void requireOneWay(Optional<RetentionPolicy> policy) {
    if (names.isEmpty() && policy.isEmpty() && !scope.namesLabels()) {
      throw UsageFailure.of(
          "neither a rule nor a point was given",
          "Say what to keep (--keep-daily 7, say), or name the points to forget, or --label them.");
    }
    if (policy.isPresent() && scope.namesLabels()) {
      throw UsageFailure.of(
          "--label names points, and rules count all of a machine",
          "Leave out --label, or the --keep options.");
    }
    boolean named = !names.isEmpty() || scope.namesLabels();
    if (named && (policy.isPresent() || scope.namesMachines())) {
      throw UsageFailure.of(
          "points were named, and rules or machines too",
          "Leave out the points, or the --keep and --vm options.");
    }
  }

  private ForgetPlan plan(
      PointCatalog catalog, Optional<RetentionPolicy> policy, PointFilter filter) {
    ForgetPlanner planner = new ForgetPlanner(session.clock());
    if (policy.isPresent()) {
      return planner.plan(catalog.list(filter), policy.get(), scope::selects);
    }
    List<PointSummary> all = catalog.list(PointFilter.ALL);
    List<PointSummary> eligible = all.stream().filter(filter::accepts).toList();
    Set<PointSummary> named = new LinkedHashSet<>();
    if (names.isEmpty()) {
      named.addAll(eligible);
    }
    names.forEach(name -> named.add(catalog.find(name, eligible)));
    return planner.named(all, named, allowNone);
  }

  /// A point that was named and has to stay stops it all; what rules keep is just kept.
  private static Optional<Failure> refusal(ForgetPlan plan, Optional<RetentionPolicy> policy) {
    return policy.isPresent()
        ? Optional.empty()
        : plan.kept().stream().findFirst().map(ForgetCommand::refusal);
  }

  private static Failure refusal(PointVerdict kept) {
    String name = kept.point().name().value();
    return new Failure(
        FailureCode.POINT_PROTECTED,
        "The point " + name + " stays: " + ForgetText.reasons(kept) + ". Nothing was forgotten",
        "Leave it out; or firn point unprotect " + name + ", or --allow-none for a last point.",
        Map.of("point", name),
        false);
  }
}
