package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.ExitCode;
import io.firn.cli.output.Human;
import io.firn.cli.output.ProtectionText;
import io.firn.cli.output.Shown;
import io.firn.cli.output.Table;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn vault info`.
@Command(
    name = "info",
    description = "Say what a vault holds, domain by domain, and what protects it in a bucket.",
    sortOptions = false)
public final class VaultInfoCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public VaultInfoCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Vault vault = vaults.open(session)) {
      List<PointSummary> points = new PointCatalog(vault).list(PointFilter.ALL);
      List<DomainFacts> domains = new ArrayList<>();
      for (Domain domain : vault.domains()) {
        try (Repository repository = vault.openDomain(domain)) {
          List<PointSummary> own = points.stream().filter(p -> p.domain().equals(domain)).toList();
          domains.add(new DomainFacts(domain, repository.id(), own));
        }
      }
      Shown shown =
          shown(
              vault.location().url(), protection(vault), domains, new KeyDifferences(vault).find());
      output.print(session, shown);
    }
    return ExitCode.DONE;
  }

  private static Optional<ProtectionText> protection(Vault vault) {
    return vault
        .protection()
        .map(bucket -> new ProtectionText(bucket, vault.objectLock(), LockSpan.of(vault)));
  }

  private Shown shown(
      String url,
      Optional<ProtectionText> protection,
      List<DomainFacts> domains,
      List<String> differences) {
    List<List<String>> rows = new ArrayList<>();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "Vault").put("url", url).put("repositoryFormat", 2);
    protection.ifPresent(p -> p.into(document));
    ArrayNode array = document.putArray("domains");
    for (DomainFacts facts : domains) {
      rows.add(
          List.of(
              facts.domain().name(),
              facts.repository().substring(0, 10),
              String.valueOf(facts.points().size()),
              Human.bytes(facts.storedBytes()),
              facts.points().isEmpty() ? "-" : age(facts.points().getLast())));
      array
          .addObject()
          .put("domain", facts.domain().name())
          .put("repository", facts.repository())
          .put("points", facts.points().size())
          .put("storedBytes", facts.storedBytes());
    }
    String text =
        "vault "
            + url
            + "\n"
            + protection.map(ProtectionText::text).orElse("")
            + "\n"
            + new Table(List.of("DOMAIN", "REPOSITORY", "POINTS", "STORED", "NEWEST"), rows)
                .render()
            + differences.stream().map(d -> "\nwarning: " + d + "\n").collect(Collectors.joining());
    differences.forEach(document.putArray("keyDifferences")::add);
    return new Shown(text, document, domains.stream().map(d -> d.domain().name()).toList());
  }

  private String age(PointSummary newest) {
    return Human.age(Duration.between(newest.time(), session.clock().instant()));
  }

  /// One domain and its points.
  private record DomainFacts(Domain domain, String repository, List<PointSummary> points) {
    long storedBytes() {
      return points.stream().mapToLong(PointSummary::storedBytes).sum();
    }
  }
}
