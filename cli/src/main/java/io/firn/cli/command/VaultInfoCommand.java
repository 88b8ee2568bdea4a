package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.Human;
import io.firn.cli.output.ProtectionText;
import io.firn.cli.output.Shown;
import io.firn.cli.output.Table;
import io.firn.failure.ExitCode;
import io.firn.point.DamagedKeys;
import io.firn.point.Domain;
import io.firn.point.KeyDifferences;
import io.firn.point.LockSpan;
import io.firn.point.PointCatalog;
import io.firn.point.PointFilter;
import io.firn.point.PointSummary;
import io.firn.point.Vault;
import io.firn.repository.Repository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn vault info`.
@Command(
    name = "info",
    description = {
      "Say what a vault holds, domain by domain, and what protects it in a bucket.",
      "",
      "STORED is what rests there now, including what the next prune will remove. KEYS are the"
          + " passwords that open a domain; key files that are damaged are named below."
    },
    sortOptions = false)
public final class VaultInfoCommand implements Callable<Integer> {
  private static final int RESTIC_FORMAT = 2;
  private static final List<String> HEADER =
      List.of("DOMAIN", "REPOSITORY", "POINTS", "STORED", "KEYS", "NEWEST");

  private final Session session;
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public VaultInfoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Vault vault = vaults.open(session)) {
      output.print(session, shown(vault, facts(vault)));
    }
    return ExitCode.DONE;
  }

  private static List<DomainFacts> facts(Vault vault) {
    List<PointSummary> points = new PointCatalog(vault).list(PointFilter.ALL);
    List<DomainFacts> domains = new ArrayList<>();
    for (Domain domain : vault.domains()) {
      try (Repository repository = vault.openDomain(domain)) {
        domains.add(
            new DomainFacts(
                domain,
                repository.id(),
                points.stream().filter(p -> p.domain().equals(domain)).toList(),
                repository.keys().listing().readable().size(),
                vault.storedBytes(domain)));
      }
    }
    return domains;
  }

  private static Optional<ProtectionText> protection(Vault vault) {
    return vault
        .protection()
        .map(bucket -> new ProtectionText(bucket, vault.objectLock(), LockSpan.of(vault)));
  }

  private Shown shown(Vault vault, List<DomainFacts> domains) {
    Optional<ProtectionText> protection = protection(vault);
    List<String> differences = new KeyDifferences(vault).find();
    List<String> damaged = new DamagedKeys(vault).find();
    String policy = vault.domainPolicy().label();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "Vault").put("url", vault.location().url());
    document.put("domainPolicy", policy).put("repositoryFormat", RESTIC_FORMAT);
    protection.ifPresent(p -> p.into(document));
    ArrayNode array = document.putArray("domains");
    domains.forEach(facts -> facts.into(array.addObject()));
    differences.forEach(document.putArray("keyDifferences")::add);
    damaged.forEach(document.putArray("damagedKeys")::add);
    String text =
        "vault "
            + vault.location().url()
            + "\n  domains  "
            + policy
            + "\n  format   restic repository, version "
            + RESTIC_FORMAT
            + "\n  points   "
            + domains.stream().mapToInt(facts -> facts.points().size()).sum()
            + "\n  stored   "
            + Human.bytes(domains.stream().mapToLong(DomainFacts::storedBytes).sum())
            + "\n"
            + protection.map(ProtectionText::text).orElse("")
            + "\n"
            + new Table(HEADER, domains.stream().map(this::row).toList()).render()
            + Stream.concat(differences.stream(), damaged.stream())
                .map(d -> "\nwarning: " + d + "\n")
                .collect(Collectors.joining());
    return new Shown(text, document, domains.stream().map(d -> d.domain().name()).toList());
  }

  private List<String> row(DomainFacts facts) {
    return List.of(
        facts.domain().name(),
        facts.repository().substring(0, 10),
        String.valueOf(facts.points().size()),
        Human.bytes(facts.storedBytes()),
        String.valueOf(facts.keys()),
        facts.points().isEmpty() ? "-" : age(facts.points().getLast()));
  }

  private String age(PointSummary newest) {
    return Human.age(Duration.between(newest.time(), session.clock().instant()));
  }

  /// One domain: its points, how many passwords open it, and what its packs take, whatever still
  /// needs them.
  private record DomainFacts(
      Domain domain, String repository, List<PointSummary> points, int keys, long storedBytes) {
    void into(ObjectNode node) {
      node.put("domain", domain.name())
          .put("repository", repository)
          .put("points", points.size())
          .put("keys", keys)
          .put("storedBytes", storedBytes)
          .put("addedBytes", points.stream().mapToLong(PointSummary::storedBytes).sum());
    }
  }
}
