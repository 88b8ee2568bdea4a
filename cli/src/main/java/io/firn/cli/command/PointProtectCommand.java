package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.LockOptions;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointArgument;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.Shown;
import io.firn.failure.ExitCode;
import io.firn.point.PointSummary;
import io.firn.point.Protection;
import io.firn.point.Vault;
import io.firn.retention.PointProtector;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn point protect`.
@Command(
    name = "protect",
    description = {
      "Keep a point from being forgotten, for ever or until a date.",
      "",
      "The protection is a tag of the point's restic snapshot. Every firn forget respects it;"
          + " stock restic forget does not. Protecting again replaces it."
    },
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = {"  firn point protect latest -n shop --until 2027-12-31 --reason 'year-end audit'"})
public final class PointProtectCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointArgument point = new PointArgument();

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description =
          "Last day of the protection (2027-12-31, in UTC), or its end (2027-12-31T12:00:00Z);"
              + " default: for ever.")
  private @Nullable String until;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Why, for those who see it later. Up to 200 characters.")
  private String reason = "";

  @Mixin private LockOptions locks = new LockOptions();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public PointProtectCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Protection protection = new Protection(end(), reason);
    try (Vault vault = vaults.open(session, locks)) {
      PointSummary found = point.find(vault);
      String snapshot = new PointProtector(vault).protect(found, protection).toString();
      String name = found.name().value();
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("kind", "Protection").put("point", name).put("snapshot", snapshot);
      protection.until().ifPresent(time -> document.put("until", time.toString()));
      document.put("reason", protection.reason());
      String text = "point " + name + " is protected " + protection.text() + "\n";
      output.print(session, new Shown(text, document, List.of(name)));
    }
    return ExitCode.DONE;
  }

  private Optional<Instant> end() {
    if (until == null) {
      return Optional.empty();
    }
    Instant end = parse(until);
    if (!end.isAfter(session.clock().instant())) {
      throw UsageFailure.of("--until " + until + " is over", "Give a time to come.");
    }
    return Optional.of(end);
  }

  private static Instant parse(String text) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException e) {
      throw UsageFailure.of(
          "--until '" + text + "' is no date", "Give 2027-12-31 or 2027-12-31T12:00:00Z.");
    }
  }
}
