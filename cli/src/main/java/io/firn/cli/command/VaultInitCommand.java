package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.Shown;
import io.firn.failure.ExitCode;
import io.firn.point.DomainPolicy;
import io.firn.point.Vault;
import io.firn.point.VaultLocation;
import io.firn.repository.Password;
import io.firn.repository.RepositoryOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn vault init`.
@Command(
    name = "init",
    description = {
      "Make a new, empty vault.",
      "",
      "Keep the password: without it nobody can read the vault, and it cannot be found again."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  firn vault init --vault /backup",
      "  firn vault init --vault 's3://vms/prod?region=eu-central-1' --object-lock compliance:30d"
    })
public final class VaultInitCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--domains",
      paramLabel = "POLICY",
      defaultValue = "per-namespace",
      description = {
        "How points are divided into repositories: per-namespace, per-vm (one point a machine),"
            + " single; default: ${DEFAULT-VALUE}. Cannot be changed later."
      })
  private String domains = "per-namespace";

  @Option(
      names = "--object-lock",
      paramLabel = "MODE:PERIOD",
      description =
          "Protect all that is written to an s3: vault from deletion (compliance:30d,"
              + " governance:12h); the bucket must have object lock. Later writers know it.")
  private @Nullable String objectLock;

  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public VaultInitCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    DomainPolicy policy =
        DomainPolicy.of(domains)
            .orElseThrow(() ->
                UsageFailure.of(
                    "--domains cannot be '" + domains + "'",
                    "Give per-namespace, per-vm or single."));
    VaultLocation location = locked(vaults.location(session));
    try (Password password = vaults.password(session);
        Vault vault =
            Vault.init(
                location, password, vaults.backends(session), RepositoryOptions.DEFAULT, policy)) {
      String url = vault.location().url();
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("kind", "Vault").put("url", url).put("domains", policy.label());
      output.print(session, new Shown("made vault " + url + "\n", document, List.of(url)));
    }
    return ExitCode.DONE;
  }

  private VaultLocation locked(VaultLocation location) {
    if (objectLock == null) {
      return location;
    }
    if (location instanceof VaultLocation.Bucket bucket) {
      return bucket.withObjectLock(objectLock);
    }
    throw UsageFailure.of(
        "--object-lock is for vaults in buckets, not for " + location.url(),
        "Leave it out, or name an s3:// vault.");
  }
}
