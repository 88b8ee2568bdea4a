package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.OutputOptions;
import io.firn.cli.options.PointArgument;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.output.ManifestText;
import io.firn.cli.output.Shown;
import io.firn.failure.ExitCode;
import io.firn.point.Manifest;
import io.firn.point.PointReader;
import io.firn.point.Vault;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `firn point volumes`.
@Command(
    name = "volumes",
    description = "List the volumes of a point: sizes, digests, when each was cut.",
    sortOptions = false)
public final class PointVolumesCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointArgument point = new PointArgument();
  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  public PointVolumesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Manifest manifest;
    try (Vault vault = vaults.open(session);
        PointReader reader = PointReader.open(vault, point.find(vault))) {
      manifest = reader.manifest();
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("kind", "VolumeList");
    document.put("point", manifest.point().value());
    document.set("items", ManifestText.volumes(manifest));
    output.print(
        session,
        new Shown(
            ManifestText.volumeTable(manifest).render(),
            document,
            manifest.volumes().stream().map(Manifest.VolumeFacts::claim).toList()));
    return ExitCode.DONE;
  }
}
