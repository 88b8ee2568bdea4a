package io.firn.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firn.cli.Session;
import io.firn.cli.options.PointArgument;
import io.firn.cli.options.ProgressOptions;
import io.firn.cli.options.UsageFailure;
import io.firn.cli.options.VaultOptions;
import io.firn.cli.progress.Progress;
import io.firn.failure.ExitCode;
import io.firn.point.DefinitionYaml;
import io.firn.point.PointReader;
import io.firn.point.SecondCopies;
import io.firn.point.Vault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `firn point export`.
@Command(
    name = "export",
    description = {
      "Take things out of a point, without any cluster.",
      "",
      "Without --volume: the definitions, as YAML documents. With it: the disk, as a raw image"
          + " (sparse in a file).",
      "",
      "Exit code 3: all of it is right, but some of it is damaged in the vault and was read from a"
          + " second copy."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  firn point export latest > definitions.yaml",
      "  firn point export latest --volume orders-db-root --to root.img",
      "  firn point export latest --volume orders-db-root --to - | qemu-img dd …"
    })
public final class PointExportCommand implements Callable<Integer> {
  private final Session session;
  @Mixin private PointArgument point = new PointArgument();

  @Option(names = "--volume", paramLabel = "PVC", description = "Export the disk of this claim.")
  private @Nullable String volume;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      defaultValue = "-",
      description = "Where to; '-' (the default) for standard output.")
  private String to = "-";

  @Mixin private VaultOptions vaults = new VaultOptions();
  @Mixin private ProgressOptions progresses = new ProgressOptions();

  public PointExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    try (Vault vault = vaults.open(session);
        PointReader reader = PointReader.open(vault, point.find(vault))) {
      if (volume == null) {
        definitions(reader);
      } else {
        new DiskExport(session, progresses, reader, volume).to(to);
      }
      Optional<String> warning =
          new SecondCopies(reader.summary().domain()).warning(reader.reader());
      warning.ifPresent(this::warn);
      return warning.isEmpty() ? ExitCode.DONE : ExitCode.LOSSES;
    }
  }

  private void warn(String message) {
    try (Progress progress = progresses.open(session)) {
      progress.warning(message);
    }
  }

  private void definitions(PointReader reader) throws IOException {
    StringBuilder text = new StringBuilder();
    for (ObjectNode definition : reader.definitions()) {
      text.append("---\n")
          .append(new String(DefinitionYaml.write(definition), StandardCharsets.UTF_8));
    }
    if (to.equals("-")) {
      PrintStream out = session.terminal().out();
      out.print(text);
      out.flush();
      return;
    }
    Path file = Path.of(to);
    if (Files.exists(file)) {
      throw UsageFailure.of(to + " exists already", "Name a new file, or remove it first.");
    }
    Files.writeString(file, text);
  }
}
